package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.telemetry.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code usage} of a completion. What goes into a cache stands where OpenAI has it, and, told apart
 * by its price, where LiteLLM has it.
 */
final class UsageWriter {
  private UsageWriter() {}

  static void member(JsonGenerator json, @Nullable Usage usage) {
    if (usage == null) {
      json.writeNullProperty("usage");
      return;
    }
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("prompt_tokens", usage.inputTokens());
    json.writeNumberProperty("completion_tokens", usage.outputTokens());
    json.writeNumberProperty("total_tokens", usage.inputTokens() + usage.outputTokens());
    json.writeObjectPropertyStart("prompt_tokens_details");
    json.writeNumberProperty("cached_tokens", usage.cachedInputTokens());
    long written = usage.cacheWrite5mTokens() + usage.cacheWrite1hTokens();
    if (written > 0) {
      json.writeNumberProperty("cache_write_tokens", written);
      json.writeNumberProperty("cache_creation_tokens", written);
      json.writeObjectPropertyStart("cache_creation_token_details");
      json.writeNumberProperty("ephemeral_5m_input_tokens", usage.cacheWrite5mTokens());
      json.writeNumberProperty("ephemeral_1h_input_tokens", usage.cacheWrite1hTokens());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("completion_tokens_details");
    json.writeNumberProperty("reasoning_tokens", usage.reasoningTokens());
    json.writeEndObject();
    json.writeEndObject();
  }
}
