package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.error.ErrorShape;

/** The calls of OpenAI's and Anthropic's APIs that are passed to backends. */
public enum Operation {
  CHAT("chat", "/chat/completions", true, ErrorShape.OPENAI),
  COMPLETIONS("text_completion", "/completions", true, ErrorShape.OPENAI),
  EMBEDDINGS("embeddings", "/embeddings", false, ErrorShape.OPENAI),
  MESSAGES("chat", "/messages", true, ErrorShape.ANTHROPIC),
  COUNT_TOKENS("count_tokens", "/messages/count_tokens", false, ErrorShape.ANTHROPIC),
  RESPONSES("chat", "/responses", true, ErrorShape.OPENAI),
  TRANSCRIPTIONS("transcription", "/audio/transcriptions", true, ErrorShape.OPENAI),
  SPEECH("speech", "/audio/speech", false, ErrorShape.OPENAI),
  IMAGES("image_generation", "/images/generations", true, ErrorShape.OPENAI),
  RERANK("rerank", "/rerank", false, ErrorShape.OPENAI);

  private final String genAiName;
  private final String path;
  private final boolean streamable;
  private final ErrorShape errors;

  Operation(String genAiName, String path, boolean streamable, ErrorShape errors) {
    this.genAiName = genAiName;
    this.path = path;
    this.streamable = streamable;
    this.errors = errors;
  }

  /** {@code gen_ai.operation.name} of OpenTelemetry's conventions, where they have one. */
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

  /** Whether a stream tells its usage only where {@code stream_options} asks for it. */
  public boolean usageByOption() {
    return this == CHAT || this == COMPLETIONS;
  }

  /** Whether requests are {@code multipart/form-data} rather than JSON. */
  public boolean multipart() {
    return this == TRANSCRIPTIONS;
  }

  public ErrorShape errors() {
    return errors;
  }
}
