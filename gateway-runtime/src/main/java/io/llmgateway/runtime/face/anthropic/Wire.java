package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatEvent.Finished;
import io.llmgateway.runtime.telemetry.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What whole replies and streams write alike. */
final class Wire {
  static final Usage NO_USAGE = new Usage(0, 0, 0, 0);

  private Wire() {}

  /**
   * @param id of the upstream's reply
   * @param requestId stands in where the upstream's has none
   */
  static String id(@Nullable String id, String requestId) {
    return id == null || id.isEmpty() ? "msg_" + requestId : id;
  }

  static String stopReason(@Nullable Finished finished) {
    if (finished == null) {
      return "end_turn";
    }
    return switch (finished.reason()) {
      case STOP -> finished.stopSequence() == null ? "end_turn" : "stop_sequence";
      case MAX_TOKENS -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "refusal";
      case PAUSE -> "pause_turn";
      case CONTEXT_WINDOW -> "model_context_window_exceeded";
    };
  }

  static void stop(@Nullable Finished finished, JsonGenerator json) {
    json.writeStringProperty("stop_reason", stopReason(finished));
    json.writeName("stop_sequence");
    String sequence = finished == null ? null : finished.stopSequence();
    if (sequence == null) {
      json.writeNull();
    } else {
      json.writeString(sequence);
    }
  }

  static void usage(Usage usage, JsonGenerator json) {
    long written = usage.cacheWrite5mTokens() + usage.cacheWrite1hTokens();
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty(
        "input_tokens", Math.max(0, usage.inputTokens() - usage.cachedInputTokens() - written));
    json.writeNumberProperty("cache_creation_input_tokens", written);
    json.writeNumberProperty("cache_read_input_tokens", usage.cachedInputTokens());
    json.writeObjectPropertyStart("cache_creation");
    json.writeNumberProperty("ephemeral_5m_input_tokens", usage.cacheWrite5mTokens());
    json.writeNumberProperty("ephemeral_1h_input_tokens", usage.cacheWrite1hTokens());
    json.writeEndObject();
    json.writeNumberProperty("output_tokens", usage.outputTokens());
    if (usage.reasoningTokens() > 0) {
      json.writeObjectPropertyStart("output_tokens_details");
      json.writeNumberProperty("thinking_tokens", usage.reasoningTokens());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
