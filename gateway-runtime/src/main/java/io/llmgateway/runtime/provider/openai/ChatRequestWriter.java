package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the body of a chat completion's request. */
final class ChatRequestWriter {
  /** Members of the same name and meaning in other APIs of OpenAI. */
  private static final Set<String> CARRIED =
      Set.of(
          "metadata",
          "store",
          "service_tier",
          "prompt_cache_key",
          "prompt_cache_retention",
          "safety_identifier",
          "verbosity");

  private static final int LOW_BUDGET = 2048;
  private static final int MEDIUM_BUDGET = 16 * 1024;

  private final ChatRequest request;
  private final Dialect dialect;
  private final Unsupported unsupported;

  ChatRequestWriter(ChatRequest request, Dialect dialect, Unsupported unsupported) {
    this.request = request;
    this.dialect = dialect;
    this.unsupported = unsupported;
  }

  void write(String model, ByteBuf out) {
    unsupported.others(request, dialect.openAi() ? CARRIED : Set.of());
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("model", model);
      json.writeArrayPropertyStart("messages");
      new ChatMessageWriter(json, dialect, unsupported).write(request.messages());
      json.writeEndArray();
      tools(json);
      sampling(json, request.sampling());
      format(json);
      reasoning(json);
      if (request.user() != null) {
        json.writeStringProperty("user", request.user());
      }
      if (dialect.openAi()) {
        for (Map.Entry<String, RawJson> other : request.others().entrySet()) {
          if (CARRIED.contains(other.getKey())) {
            JsonOut.raw(json, other.getKey(), other.getValue());
          }
        }
      }
      if (request.stream()) {
        json.writeBooleanProperty("stream", true);
        json.writeObjectPropertyStart("stream_options");
        json.writeBooleanProperty("include_usage", true);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
  }

  private void tools(JsonGenerator json) {
    if (request.tools().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("tools");
    for (Tool tool : request.tools()) {
      json.writeStartObject();
      json.writeStringProperty("type", "function");
      json.writeObjectPropertyStart("function");
      json.writeStringProperty("name", tool.name());
      if (tool.description() != null) {
        json.writeStringProperty("description", tool.description());
      }
      if (tool.schema() != null) {
        JsonOut.raw(json, "parameters", tool.schema());
      }
      bool(json, "strict", tool.strict());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    choice(json);
    bool(json, "parallel_tool_calls", request.parallelToolCalls());
  }

  private void choice(JsonGenerator json) {
    switch (request.toolChoice()) {
      case null -> {}
      case ToolChoice.Auto _ -> json.writeStringProperty("tool_choice", "auto");
      case ToolChoice.None _ -> json.writeStringProperty("tool_choice", "none");
      case ToolChoice.Required _ -> json.writeStringProperty("tool_choice", "required");
      case ToolChoice.Named named -> {
        json.writeObjectPropertyStart("tool_choice");
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", named.name());
        json.writeEndObject();
        json.writeEndObject();
      }
    }
  }

  private void sampling(JsonGenerator json, Sampling sampling) {
    integer(json, dialect.openAi() ? "max_completion_tokens" : "max_tokens", sampling.maxTokens());
    number(json, "temperature", sampling.temperature());
    number(json, "top_p", sampling.topP());
    if (sampling.topK() != null) {
      if (dialect.openAi()) {
        unsupported.report("top_k", "OpenAI's models have no top_k");
      } else {
        json.writeNumberProperty("top_k", sampling.topK());
      }
    }
    number(json, "frequency_penalty", sampling.frequencyPenalty());
    number(json, "presence_penalty", sampling.presencePenalty());
    if (sampling.seed() != null) {
      json.writeNumberProperty("seed", sampling.seed());
    }
    if (!sampling.stop().isEmpty()) {
      json.writeArrayPropertyStart("stop");
      sampling.stop().forEach(json::writeString);
      json.writeEndArray();
    }
    integer(json, "n", sampling.n());
    bool(json, "logprobs", sampling.logprobs());
    integer(json, "top_logprobs", sampling.topLogprobs());
    if (sampling.logitBias() != null) {
      JsonOut.raw(json, "logit_bias", sampling.logitBias());
    }
  }

  private void format(JsonGenerator json) {
    switch (request.outputFormat()) {
      case null -> {}
      case OutputFormat.Json _ -> {
        json.writeObjectPropertyStart("response_format");
        json.writeStringProperty("type", "json_object");
        json.writeEndObject();
      }
      case OutputFormat.JsonSchema schema -> {
        json.writeObjectPropertyStart("response_format");
        json.writeStringProperty("type", "json_schema");
        json.writeObjectPropertyStart("json_schema");
        json.writeStringProperty("name", schema.name());
        if (schema.description() != null) {
          json.writeStringProperty("description", schema.description());
        }
        JsonOut.raw(json, "schema", schema.schema());
        bool(json, "strict", schema.strict());
        json.writeEndObject();
        json.writeEndObject();
      }
    }
  }

  private void reasoning(JsonGenerator json) {
    switch (request.reasoning()) {
      case null -> {}
      case Reasoning.Effort effort -> json.writeStringProperty("reasoning_effort", effort.effort());
      case Reasoning.Budget budget ->
          json.writeStringProperty("reasoning_effort", effort(budget.tokens()));
      // What there is without a word on it.
      case Reasoning.Adaptive _, Reasoning.Off _ -> {}
    }
  }

  private static String effort(int tokens) {
    return tokens <= LOW_BUDGET ? "low" : tokens <= MEDIUM_BUDGET ? "medium" : "high";
  }

  private static void integer(JsonGenerator json, String name, @Nullable Integer value) {
    if (value != null) {
      json.writeNumberProperty(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, @Nullable Double value) {
    if (value != null) {
      json.writeNumberProperty(name, value);
    }
  }

  private static void bool(JsonGenerator json, String name, @Nullable Boolean value) {
    if (value != null) {
      json.writeBooleanProperty(name, value);
    }
  }
}
