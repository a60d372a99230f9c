package io.llmgateway.runtime.provider;

/** The calls of OpenAI's API that are passed to backends. */
public enum Operation {
  CHAT("chat", "/chat/completions", true),
  COMPLETIONS("text_completion", "/completions", true),
  EMBEDDINGS("embeddings", "/embeddings", false);

  private final String genAiName;
  private final String path;
  private final boolean streamable;

  Operation(String genAiName, String path, boolean streamable) {
    this.genAiName = genAiName;
    this.path = path;
    this.streamable = streamable;
  }

  /** {@code gen_ai.operation.name} of OpenTelemetry's conventions. */
  public String genAiName() {
    return genAiName;
  }

  /** Behind the API's version, such as {@code /v1}. */
  public String path() {
    return path;
  }

  public boolean streamable() {
    return streamable;
  }
}
