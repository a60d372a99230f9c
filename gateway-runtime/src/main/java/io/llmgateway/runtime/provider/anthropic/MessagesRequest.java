package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.provider.anthropic.Conversation.Said;
import io.llmgateway.runtime.provider.anthropic.Conversation.Turn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the body of one request. */
final class MessagesRequest {
  /**
   * Of an answer whose length the client leaves open; the API wants a number. Every model that is
   * served can write that much.
   */
  static final int DEFAULT_MAX_TOKENS = 32_000;

  private static final Set<String> CARRIED =
      Set.of("cache_control", "inference_geo", "speed", "service_tier");

  private final ChatRequest request;
  private final String model;
  private final Unsupported unsupported;
  private final JsonGenerator json;
  private final ContentBlocks blocks;

  MessagesRequest(ChatRequest request, String model, Unsupported unsupported, JsonGenerator json) {
    this.request = request;
    this.model = model;
    this.unsupported = unsupported;
    this.json = json;
    this.blocks = new ContentBlocks(json, unsupported);
  }

  /** Whether the request names files that were uploaded before. */
  boolean files() {
    return blocks.files();
  }

  void write() {
    Conversation conversation = Conversation.of(request.messages());
    json.writeStartObject();
    json.writeStringProperty("model", model);
    Thinking thinking = Thinking.of(request, model, unsupported);
    maxTokens(thinking);
    system(conversation.system());
    messages(conversation.turns());
    new ToolFields(request, unsupported, json).write(conversation.toolsUsed());
    thinking(thinking);
    output(thinking);
    sampling(request.sampling());
    others();
    if (request.stream()) {
      json.writeBooleanProperty("stream", true);
    }
    json.writeEndObject();
  }

  private void maxTokens(Thinking thinking) {
    Integer asked = request.sampling().maxTokens();
    int least = thinking.budgetTokens() == null ? 0 : thinking.budgetTokens() + 1024;
    json.writeNumberProperty(
        "max_tokens", asked == null ? Math.max(DEFAULT_MAX_TOKENS, least) : asked);
  }

  private void system(List<Said> system) {
    if (!system.isEmpty()) {
      json.writeArrayPropertyStart("system");
      for (Said said : system) {
        if (said.part() instanceof Part.Text) {
          blocks.write(said.part(), said.param());
        } else {
          unsupported.report(said.param() + ".content", "system messages other than text");
        }
      }
      json.writeEndArray();
    }
  }

  private void messages(List<Turn> turns) {
    for (Message message : request.messages()) {
      if (message.name() != null) {
        unsupported.report(message.param() + ".name", "a speaker's name");
      }
    }
    json.writeArrayPropertyStart("messages");
    for (Turn turn : turns) {
      json.writeStartObject();
      json.writeStringProperty("role", turn.assistant() ? "assistant" : "user");
      json.writeArrayPropertyStart("content");
      for (Said said : turn.said()) {
        blocks.write(said.part(), said.param());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void thinking(Thinking thinking) {
    if (thinking.type() != null) {
      json.writeObjectPropertyStart("thinking");
      json.writeStringProperty("type", thinking.type());
      if (thinking.budgetTokens() != null) {
        json.writeNumberProperty("budget_tokens", thinking.budgetTokens());
      }
      json.writeEndObject();
    }
  }

  private void output(Thinking thinking) {
    OutputFormat.JsonSchema schema =
        request.outputFormat() instanceof OutputFormat.JsonSchema asked ? asked : null;
    if (schema == null && thinking.effort() == null) {
      return;
    }
    json.writeObjectPropertyStart("output_config");
    if (thinking.effort() != null) {
      json.writeStringProperty("effort", thinking.effort());
    }
    if (schema != null) {
      if (schema.description() != null) {
        unsupported.report(
            "response_format.json_schema.description", "a description beside the schema");
      }
      json.writeObjectPropertyStart("format");
      json.writeStringProperty("type", "json_schema");
      JsonOut.raw(json, "schema", schema.schema());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void sampling(Sampling asked) {
    if (asked.temperature() != null) {
      if (asked.temperature() > 1) {
        unsupported.report("temperature", "a temperature above 1");
      }
      json.writeNumberProperty("temperature", Math.min(1, asked.temperature()));
    }
    if (asked.topP() != null) {
      json.writeNumberProperty("top_p", asked.topP());
    }
    if (asked.topK() != null) {
      json.writeNumberProperty("top_k", asked.topK());
    }
    if (!asked.stop().isEmpty()) {
      json.writeArrayPropertyStart("stop_sequences");
      asked.stop().forEach(json::writeString);
      json.writeEndArray();
    }
    report(asked.n() != null && asked.n() > 1, "n", "several answers at once");
    report(isSome(asked.frequencyPenalty()), "frequency_penalty", "a penalty for frequency");
    report(isSome(asked.presencePenalty()), "presence_penalty", "a penalty for presence");
    report(asked.seed() != null, "seed", "a seed");
    report(Boolean.TRUE.equals(asked.logprobs()), "logprobs", "probabilities of tokens");
    report(asked.logitBias() != null, "logit_bias", "a bias for tokens");
  }

  private static boolean isSome(@Nullable Double penalty) {
    return penalty != null && penalty != 0;
  }

  private void others() {
    if (request.user() != null) {
      json.writeObjectPropertyStart("metadata");
      json.writeStringProperty("user_id", request.user());
      json.writeEndObject();
    }
    unsupported.others(request, CARRIED);
    for (Map.Entry<String, RawJson> other : request.others().entrySet()) {
      switch (other.getKey()) {
        case "cache_control", "inference_geo", "speed" ->
            JsonOut.raw(json, other.getKey(), other.getValue());
        case "service_tier" -> serviceTier(other.getValue().text());
        default -> {}
      }
    }
  }

  private void serviceTier(String value) {
    switch (value) {
      case "\"auto\"" -> json.writeStringProperty("service_tier", "auto");
      case "\"default\"", "\"standard_only\"" ->
          json.writeStringProperty("service_tier", "standard_only");
      default -> unsupported.report("service_tier", "a tier other than auto and default");
    }
  }

  private void report(boolean asked, String param, String what) {
    if (asked) {
      unsupported.report(param, what);
    }
  }
}
