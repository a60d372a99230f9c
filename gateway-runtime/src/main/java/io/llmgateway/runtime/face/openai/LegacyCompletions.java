package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * OpenAI's older <a
 * href="https://platform.openai.com/docs/api-reference/completions/create">completions</a>, for
 * models that only converse: the prompt becomes what the user says.
 */
public final class LegacyCompletions implements ChatFace {

  @Override
  public ChatRequest read(ByteBuf body) {
    try (JsonText json = JsonText.ofChecked(body)) {
      return new Reader(json).read();
    }
  }

  @Override
  public Writer writer(ChatRequest request, Reply reply) {
    return new TextCompletionWriter(reply, request.stream(), request.usageWanted());
  }

  private static final class Reader {
    private final JsonText json;
    private final JsonParser parser;
    private final Map<String, RawJson> others = new LinkedHashMap<>();
    private final List<String> stop = new ArrayList<>();
    private String model = "";
    private @Nullable String prompt;
    private @Nullable Integer maxTokens;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Double frequencyPenalty;
    private @Nullable Double presencePenalty;
    private @Nullable Long seed;
    private @Nullable Integer n;
    private @Nullable RawJson logitBias;
    private @Nullable String user;
    private boolean stream;
    private boolean usageWanted;

    Reader(JsonText json) {
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
      if (prompt == null) {
        throw JsonText.missing("prompt", "say what to complete.");
      }
      Message message = new Message(Role.USER, List.of(new Part.Text(prompt)), null, "prompt");
      return new ChatRequest(
          model,
          List.of(message),
          List.of(),
          null,
          null,
          new Sampling(
              maxTokens,
              temperature,
              topP,
              null,
              frequencyPenalty,
              presencePenalty,
              seed,
              List.copyOf(stop),
              n,
              null,
              null,
              logitBias),
          null,
          null,
          stream,
          usageWanted,
          user,
          others);
    }

    private void member(String name) {
      switch (name) {
        case "model" -> model = json.string(name);
        case "prompt" -> prompt = prompt(name);
        case "max_tokens" -> maxTokens = json.integer(name);
        case "temperature" -> temperature = json.number(name);
        case "top_p" -> topP = json.number(name);
        case "frequency_penalty" -> frequencyPenalty = json.number(name);
        case "presence_penalty" -> presencePenalty = json.number(name);
        case "seed" -> seed = json.longInteger(name);
        case "n" -> n = json.integer(name);
        case "logit_bias" -> logitBias = json.raw();
        case "user" -> user = json.string(name);
        case "stop" -> stop.addAll(strings(name));
        case "stream" -> stream = json.bool(name);
        case "stream_options" -> usageWanted = StreamOptions.usageWanted(json, name);
        default -> others.put(name, json.raw());
      }
    }

    /** One prompt: a conversation answers one. */
    private String prompt(String param) {
      List<String> prompts = strings(param);
      if (prompts.size() != 1) {
        throw JsonText.invalid(
            param, "one string, for this model completes one prompt in a request");
      }
      return prompts.getFirst();
    }

    private List<String> strings(String param) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return List.of(parser.getString());
      }
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw JsonText.wrongType(param, "a string or an array of strings");
      }
      List<String> strings = new ArrayList<>();
      while (json.nextElement()) {
        strings.add(json.string(param + "[" + strings.size() + "]"));
      }
      return strings;
    }
  }
}
