package io.llmgateway.runtime.config;

/** A file of the config directory that is not JSON of the expected form. */
public final class ConfigFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * @param path of the field, such as {@code routes[0].name}; empty for the whole file
   * @param message what is wrong, without any of the content: that may be a credential
   */
  ConfigFormatException(String path, String message) {
    super(message);
    this.path = path;
  }

  public String path() {
    return path;
  }
}
