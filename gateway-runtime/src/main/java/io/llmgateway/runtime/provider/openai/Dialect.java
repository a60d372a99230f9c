package io.llmgateway.runtime.provider.openai;

/**
 * How servers of OpenAI's API differ.
 *
 * @param openAi it is OpenAI's own service, or Azure's: {@code max_completion_tokens} and the role
 *     {@code developer} are known, {@code top_k} and {@code reasoning_content} are not
 */
public record Dialect(boolean openAi) {
  /**
   * @param system as {@link io.llmgateway.runtime.config.ProviderConfig#system()} has it
   */
  public static Dialect of(String system) {
    return new Dialect(system.equals("openai") || system.startsWith("azure"));
  }
}
