package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.Errors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/** {@code additionalModelRequestFields}: what each model names in its own way. */
final class ModelFields {
  private static final String ADDITIONAL = "additionalModelRequestFields";
  private static final String BETA = "anthropic_beta";

  /** Claude thinks with no fewer tokens. */
  private static final int MIN_BUDGET = 1024;

  private final ChatRequest request;
  private final BedrockModel model;
  private final Unsupported unsupported;
  private final Map<String, RawJson> fields = new LinkedHashMap<>();
  private @Nullable String effort;
  private boolean choosesTool;

  private ModelFields(ChatRequest request, BedrockModel model, Unsupported unsupported) {
    this.request = request;
    this.model = model;
    this.unsupported = unsupported;
  }

  static ModelFields of(ChatRequest request, BedrockModel model, Unsupported unsupported) {
    ModelFields fields = new ModelFields(request, model, unsupported);
    fields.sampling(request.sampling());
    fields.reasoning();
    fields.parallelTools();
    fields.clients();
    return fields;
  }

  /** For {@code outputConfig}; null: as the model does by default. */
  @Nullable String effort() {
    return effort;
  }

  /** Whether the choice of tools is among the fields, and so must not be said elsewhere. */
  boolean choosesTool() {
    return choosesTool;
  }

  void write(JsonGenerator json) {
    if (!fields.isEmpty()) {
      json.writeObjectPropertyStart(ADDITIONAL);
      fields.forEach((name, value) -> JsonOut.raw(json, name, value));
      json.writeEndObject();
    }
  }

  private void sampling(Sampling sampling) {
    if (sampling.topK() != null) {
      topK(sampling.topK());
    }
    if (sampling.seed() != null) {
      if (model.family() == BedrockModel.Family.COHERE) {
        put("seed", sampling.seed().toString());
      } else {
        unsupported.report("seed", "a seed");
      }
    }
    penalty("frequency_penalty", sampling.frequencyPenalty());
    penalty("presence_penalty", sampling.presencePenalty());
  }

  private void topK(int topK) {
    switch (model.family()) {
      case CLAUDE, MISTRAL -> put("top_k", Integer.toString(topK));
      case NOVA -> put("inferenceConfig", "{\"topK\":" + topK + "}");
      case COHERE -> put("k", Integer.toString(topK));
      default -> unsupported.report("top_k", "a bound on tokens to choose from");
    }
  }

  private void penalty(String name, @Nullable Double penalty) {
    // Zero is what happens anyway; some clients always say it.
    if (penalty == null || penalty == 0) {
      return;
    }
    switch (model.family()) {
      case COHERE, AI21 -> put(name, penalty.toString());
      default -> unsupported.report(name, "a penalty");
    }
  }

  private void reasoning() {
    switch (request.reasoning()) {
      case null -> {}
      case Reasoning.Off _ -> {}
      case Reasoning.Budget budget -> {
        if (model.claude()) {
          thinking(budget.tokens());
        } else {
          unsupported.report("thinking", "a budget of tokens to think with");
        }
      }
      case Reasoning.Adaptive _ -> {
        if (model.claude()) {
          put("thinking", "{\"type\":\"adaptive\"}");
        } else {
          unsupported.report("thinking", "thinking as the model finds right");
        }
      }
      case Reasoning.Effort wanted -> {
        if (!wanted.effort().equals("none")) {
          effort(wanted.effort());
        }
      }
    }
  }

  private void effort(String wanted) {
    if (model.thinksAdaptively()) {
      put("thinking", "{\"type\":\"adaptive\"}");
      effort = wanted.equals("minimal") ? "low" : wanted;
    } else if (model.thinksOnBudget()) {
      if (!request.forgotThoughts()) {
        thinking(budget(wanted));
      }
    } else if (model.nova2()) {
      put(
          "reasoningConfig",
          "{\"type\":\"enabled\",\"maxReasoningEffort\":" + quoted(upToHigh(wanted)) + "}");
    } else if (model.family() == BedrockModel.Family.GPT_OSS) {
      put("reasoning_effort", quoted(upToHigh(wanted)));
    } else {
      unsupported.report("reasoning_effort", "how much to think");
    }
  }

  private static String upToHigh(String effort) {
    return switch (effort) {
      case "minimal" -> "low";
      case "xhigh", "max" -> "high";
      default -> effort;
    };
  }

  private void thinking(int budget) {
    put("thinking", "{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}");
  }

  /** The budget is a part of the answer's tokens, and must leave some. */
  private int budget(String wanted) {
    int tokens =
        switch (wanted) {
          case "minimal" -> MIN_BUDGET;
          case "low" -> 2048;
          case "medium" -> 8192;
          case "high" -> 16_384;
          default -> 32_768;
        };
    Integer max = request.sampling().maxTokens();
    if (max == null) {
      return tokens;
    }
    if (max <= MIN_BUDGET) {
      throw new RefusedException(
          Errors.invalidValue(
              "max_tokens", "more than " + MIN_BUDGET + " where this model shall think"));
    }
    return Math.max(MIN_BUDGET, Math.min(tokens, max / 2));
  }

  private void parallelTools() {
    if (!Boolean.FALSE.equals(request.parallelToolCalls())
        || request.tools().isEmpty()
        || request.toolChoice() instanceof ToolChoice.None) {
      return;
    }
    if (!model.claude()) {
      unsupported.report("parallel_tool_calls", "one tool call at a time");
      return;
    }
    String choice =
        switch (request.toolChoice()) {
          case ToolChoice.Required _ -> "\"type\":\"any\"";
          case ToolChoice.Named named -> "\"type\":\"tool\",\"name\":" + quoted(named.name());
          case null, default -> "\"type\":\"auto\"";
        };
    put("tool_choice", "{" + choice + ",\"disable_parallel_tool_use\":true}");
    choosesTool = true;
  }

  /** What the client says in the model's own words goes over what was translated. */
  private void clients() {
    RawJson beta = request.others().get(BETA);
    if (beta != null) {
      if (model.claude() || model.family() == BedrockModel.Family.UNKNOWN) {
        fields.put(BETA, beta);
      } else {
        unsupported.report(BETA, "this model is not Anthropic's");
      }
    }
    RawJson own = request.others().get(ADDITIONAL);
    if (own == null) {
      return;
    }
    try (JsonText text = JsonText.of(own)) {
      if (text.parser().nextToken() != JsonToken.START_OBJECT) {
        throw new RefusedException(Errors.wrongType(ADDITIONAL, "an object"));
      }
      String name;
      while ((name = text.parser().nextName()) != null) {
        text.parser().nextToken();
        fields.put(name, text.raw());
      }
    }
  }

  private void put(String name, String json) {
    fields.put(name, RawJson.of(json));
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }
}
