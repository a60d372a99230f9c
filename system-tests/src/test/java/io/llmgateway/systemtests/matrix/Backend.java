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

  /** Its model tells what it thinks, if asked to. */
  boolean thinksAloud() {
    return signsThoughts() || this == VLLM || this == OLLAMA;
  }

  /** It wants its thoughts back as they were. */
  boolean signsThoughts() {
    return switch (this) {
      case ANTHROPIC, BEDROCK, GEMINI, VERTEX -> true;
      default -> false;
    };
  }

  /** Responses, which reach the others as conversations in their own APIs. */
  boolean servesResponses() {
    return this == OPENAI || this == AZURE;
  }
}
