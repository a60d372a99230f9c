package io.llmgateway.systemtests.matrix;

import java.util.Locale;

/** Every kind of backend. */
enum Backend {
  OPENAI,
  AZURE,
  /** By an API version with a date, which has URLs of deployments and no responses. */
  AZURE_DATED,
  ANTHROPIC,
  BEDROCK,
  GEMINI,
  VERTEX,
  VLLM,
  OLLAMA;

  /** The model that clients call. */
  String model() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
