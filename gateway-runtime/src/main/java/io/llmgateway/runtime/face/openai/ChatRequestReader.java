package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the members of a body; {@link MessageReader} and {@link ToolReader} read the long ones. */
final class ChatRequestReader {
  private static final int MAX_STOPS = 16;

  private final JsonText json;
  private final JsonParser parser;
  private final Map<String, RawJson> others = new LinkedHashMap<>();
  private final List<String> stop = new ArrayList<>();
  private String model = "";
  private @Nullable List<Message> messages;
  private List<ChatRequest.Tool> tools = List.of();
  private @Nullable ToolChoice toolChoice;
  private @Nullable Boolean parallelToolCalls;
  private @Nullable Integer maxTokens;
  private @Nullable Integer maxCompletionTokens;
  private @Nullable Double temperature;
  private @Nullable Double topP;
  private @Nullable Integer topK;
  private @Nullable Double frequencyPenalty;
  private @Nullable Double presencePenalty;
  private @Nullable Long seed;
  private @Nullable Integer n;
  private @Nullable Boolean logprobs;
  private @Nullable Integer topLogprobs;
  private @Nullable RawJson logitBias;
  private @Nullable OutputFormat outputFormat;
  private @Nullable Reasoning effort;
  private @Nullable Reasoning thinking;
  private boolean stream;
  private boolean usageWanted;
  private @Nullable String user;

  ChatRequestReader(JsonText json) {
    this.json = json;
    this.parser = json.parser();
  }

  ChatRequest read() {
    parser.nextToken();
    json.object("body");
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (!json.isNull()) {
        member(name);
      }
    }
    if (messages == null || messages.isEmpty()) {
      throw JsonText.missing("messages", "give at least one message.");
    }
    return new ChatRequest(
        model,
        messages,
        tools,
        toolChoice,
        parallelToolCalls,
        new Sampling(
            maxCompletionTokens == null ? maxTokens : maxCompletionTokens,
            temperature,
            topP,
            topK,
            frequencyPenalty,
            presencePenalty,
            seed,
            List.copyOf(stop),
            n,
            logprobs,
            topLogprobs,
            logitBias),
        outputFormat,
        thinking == null ? effort : thinking,
        stream,
        usageWanted,
        user,
        others);
  }

  private void member(String name) {
    switch (name) {
      case "model" -> model = json.string(name);
      case "messages" -> messages = new MessageReader(json).messages();
      case "tools" -> tools = ToolReader.tools(json, name);
      case "tool_choice" -> toolChoice = ToolReader.choice(json, name);
      case "parallel_tool_calls" -> parallelToolCalls = json.bool(name);
      case "functions", "function_call" ->
          throw new RefusedException(
              Errors.invalidValue(name, "left out: use tools and tool_choice instead"));
      case "max_tokens" -> maxTokens = positive(name);
      case "max_completion_tokens" -> maxCompletionTokens = positive(name);
      case "temperature" -> temperature = json.number(name);
      case "top_p" -> topP = json.number(name);
      case "top_k" -> topK = positive(name);
      case "frequency_penalty" -> frequencyPenalty = json.number(name);
      case "presence_penalty" -> presencePenalty = json.number(name);
      case "seed" -> seed = json.longInteger(name);
      case "stop" -> stop(name);
      case "n" -> n = positive(name);
      case "logprobs" -> logprobs = json.bool(name);
      case "top_logprobs" -> topLogprobs = json.integer(name);
      case "logit_bias" -> logitBias = json.raw();
      case "response_format" -> outputFormat = ToolReader.format(json, name);
      case "reasoning_effort" -> effort = new Reasoning.Effort(json.string(name));
      case "thinking" -> thinking = thinking(name);
      case "stream" -> stream = json.bool(name);
      case "stream_options" -> usageWanted = StreamOptions.usageWanted(json, name);
      case "user" -> user = json.string(name);
      case "modalities" -> modalities(name);
      default -> others.put(name, json.raw());
    }
  }

  private int positive(String param) {
    int value = json.integer(param);
    if (value < 1) {
      throw JsonText.invalid(param, "1 or more");
    }
    return value;
  }

  private void stop(String param) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      stop.add(parser.getString());
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonText.wrongType(param, "a string or an array of strings");
    }
    while (json.nextElement()) {
      stop.add(json.string(param + "[" + stop.size() + "]"));
    }
    if (stop.size() > MAX_STOPS) {
      throw JsonText.invalid(param, "at most " + MAX_STOPS + " strings");
    }
  }

  /** In Anthropic's words, as those send it who know which model they talk to. */
  private Reasoning thinking(String param) {
    json.object(param);
    String type = "";
    Integer budget = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      switch (name) {
        case "type" -> type = json.string(param + ".type");
        case "budget_tokens" -> budget = positive(param + ".budget_tokens");
        default -> parser.skipChildren();
      }
    }
    return switch (type) {
      case "enabled" -> {
        if (budget == null) {
          throw JsonText.missing(param + ".budget_tokens", "say how many tokens to think.");
        }
        yield new Reasoning.Budget(budget);
      }
      case "adaptive" -> new Reasoning.Adaptive();
      case "disabled" -> new Reasoning.Off();
      default -> throw JsonText.invalid(param + ".type", "enabled, adaptive or disabled");
    };
  }

  private void modalities(String param) {
    RawJson raw = json.raw();
    if (!raw.text().replaceAll("\\s", "").equals("[\"text\"]")) {
      others.put(param, raw);
    }
  }
}
