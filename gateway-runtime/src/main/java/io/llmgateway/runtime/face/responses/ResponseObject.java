package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The {@code response} object: what was asked, what came of it, and how far it is. */
final class ResponseObject {
  private final ChatRequest request;
  private final ChatFace.Reply reply;
  private final String id;

  ResponseObject(ChatRequest request, ChatFace.Reply reply, String id) {
    this.request = request;
    this.reply = reply;
    this.id = id;
  }

  /**
   * How far it is.
   *
   * @param incomplete why it is, in OpenAI's words
   * @param error of a status {@code failed}
   */
  record State(
      String status,
      @Nullable String incomplete,
      @Nullable ApiError error,
      List<RawJson> output,
      @Nullable Usage usage) {
    static final State BEGUN = new State("in_progress", null, null, List.of(), null);
  }

  void write(JsonGenerator json, State state) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("object", "response");
    json.writeNumberProperty("created_at", reply.createdSeconds());
    json.writeStringProperty("status", state.status());
    json.writeBooleanProperty("background", false);
    error(json, state.error());
    if (state.incomplete() == null) {
      json.writeNullProperty("incomplete_details");
    } else {
      json.writeObjectPropertyStart("incomplete_details");
      json.writeStringProperty("reason", state.incomplete());
      json.writeEndObject();
    }
    // A reply is written without its conversation at hand.
    json.writeNullProperty("instructions");
    number(json, "max_output_tokens", request.sampling().maxTokens());
    json.writeStringProperty("model", reply.model());
    json.writeArrayPropertyStart("output");
    state.output().forEach(item -> JsonOut.raw(json, item));
    json.writeEndArray();
    json.writeBooleanProperty(
        "parallel_tool_calls", !Boolean.FALSE.equals(request.parallelToolCalls()));
    json.writeNullProperty("previous_response_id");
    reasoning(json);
    json.writeBooleanProperty("store", false);
    number(json, "temperature", request.sampling().temperature());
    text(json);
    toolChoice(json);
    tools(json);
    number(json, "top_logprobs", request.sampling().topLogprobs());
    number(json, "top_p", request.sampling().topP());
    json.writeStringProperty("truncation", "disabled");
    usage(json, state.usage());
    json.writeStringProperty("user", request.user());
    json.writeObjectPropertyStart("metadata");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void error(JsonGenerator json, @Nullable ApiError error) {
    if (error == null) {
      json.writeNullProperty("error");
      return;
    }
    json.writeObjectPropertyStart("error");
    json.writeStringProperty(
        "code", error.status() == 429 ? "rate_limit_exceeded" : "server_error");
    json.writeStringProperty("message", error.message());
    json.writeEndObject();
  }

  private void reasoning(JsonGenerator json) {
    json.writeObjectPropertyStart("reasoning");
    json.writeStringProperty(
        "effort", request.reasoning() instanceof Reasoning.Effort effort ? effort.effort() : null);
    json.writeNullProperty("summary");
    json.writeEndObject();
  }

  private void text(JsonGenerator json) {
    json.writeObjectPropertyStart("text");
    json.writeObjectPropertyStart("format");
    switch (request.outputFormat()) {
      case null -> json.writeStringProperty("type", "text");
      case OutputFormat.Json _ -> json.writeStringProperty("type", "json_object");
      case OutputFormat.JsonSchema schema -> {
        json.writeStringProperty("type", "json_schema");
        json.writeStringProperty("name", schema.name());
        json.writeStringProperty("description", schema.description());
        JsonOut.raw(json, "schema", OneLine.of(schema.schema()));
        json.writeBooleanProperty("strict", Boolean.TRUE.equals(schema.strict()));
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void toolChoice(JsonGenerator json) {
    switch (request.toolChoice()) {
      case null -> json.writeStringProperty("tool_choice", "auto");
      case ToolChoice.Auto _ -> json.writeStringProperty("tool_choice", "auto");
      case ToolChoice.None _ -> json.writeStringProperty("tool_choice", "none");
      case ToolChoice.Required _ -> json.writeStringProperty("tool_choice", "required");
      case ToolChoice.Named named -> {
        json.writeObjectPropertyStart("tool_choice");
        json.writeStringProperty("type", "function");
        json.writeStringProperty("name", named.name());
        json.writeEndObject();
      }
    }
  }

  private void tools(JsonGenerator json) {
    json.writeArrayPropertyStart("tools");
    for (ChatRequest.Tool tool : request.tools()) {
      json.writeStartObject();
      json.writeStringProperty("type", "function");
      json.writeStringProperty("name", tool.name());
      json.writeStringProperty("description", tool.description());
      if (tool.schema() == null) {
        json.writeNullProperty("parameters");
      } else {
        JsonOut.raw(json, "parameters", OneLine.of(tool.schema()));
      }
      json.writeBooleanProperty("strict", Boolean.TRUE.equals(tool.strict()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void usage(JsonGenerator json, @Nullable Usage usage) {
    if (usage == null) {
      json.writeNullProperty("usage");
      return;
    }
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("input_tokens", usage.inputTokens());
    json.writeObjectPropertyStart("input_tokens_details");
    json.writeNumberProperty("cached_tokens", usage.cachedInputTokens());
    json.writeNumberProperty(
        "cache_write_tokens", usage.cacheWrite5mTokens() + usage.cacheWrite1hTokens());
    json.writeEndObject();
    json.writeNumberProperty("output_tokens", usage.outputTokens());
    json.writeObjectPropertyStart("output_tokens_details");
    json.writeNumberProperty("reasoning_tokens", usage.reasoningTokens());
    json.writeEndObject();
    json.writeNumberProperty("total_tokens", usage.inputTokens() + usage.outputTokens());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, @Nullable Number value) {
    switch (value) {
      case null -> json.writeNullProperty(name);
      case Integer integer -> json.writeNumberProperty(name, integer);
      default -> json.writeNumberProperty(name, value.doubleValue());
    }
  }
}
