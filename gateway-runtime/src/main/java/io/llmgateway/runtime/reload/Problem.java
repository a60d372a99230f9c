package io.llmgateway.runtime.reload;

/**
 * What is wrong with the configuration, and where.
 *
 * @param file name of the file in the config directory
 * @param field as {@code routes[2].backends[0].weight}; empty: the file as a whole
 * @param message what is wrong and what would be right; quotes no value, for it may be a secret
 */
public record Problem(String file, String field, String message) {
  @Override
  public String toString() {
    return field.isEmpty() ? file + ": " + message : file + ": " + field + ": " + message;
  }
}
