package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Part;
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

/** A request's body. */
final class RequestReader {
  private final JsonText text;
  private final JsonParser json;
  private final ToolsReader tools;
  private final Map<String, RawJson> others = new LinkedHashMap<>();

  private @Nullable String model;
  private @Nullable List<Message> input;
  private @Nullable Message instructions;
  private @Nullable Boolean parallelToolCalls;
  private @Nullable Integer maxTokens;
  private @Nullable Double temperature;
  private @Nullable Double topP;
  private boolean logprobs;
  private @Nullable Integer topLogprobs;
  private @Nullable OutputFormat format;
  private @Nullable Reasoning reasoning;
  private boolean stream;
  private @Nullable String user;

  RequestReader(JsonText text) {
    this.text = text;
    this.json = text.parser();
    this.tools = new ToolsReader(text);
  }

  ChatRequest read() {
    json.nextToken();
    String name;
    while ((name = Values.next(json)) != null) {
      if (!Values.isNull(json)) {
        member(name);
      }
    }
    if (model == null) {
      throw new RefusedException(Errors.missing("model", "name the model to call."));
    }
    if (input == null) {
      throw new RefusedException(
          Errors.missing("input", "a text, or the items of the conversation."));
    }
    List<Message> messages = new ArrayList<>();
    if (instructions != null) {
      messages.add(instructions);
    }
    messages.addAll(input);
    return new ChatRequest(
        model,
        List.copyOf(messages),
        tools.tools(),
        tools.choice(),
        parallelToolCalls,
        sampling(),
        format,
        reasoning,
        stream,
        true,
        user,
        others);
  }

  private Sampling sampling() {
    boolean tell = logprobs || (topLogprobs != null && topLogprobs > 0);
    return new Sampling(
        maxTokens,
        temperature,
        topP,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        tell ? true : null,
        tell ? topLogprobs : null,
        null);
  }

  private void member(String name) {
    switch (name) {
      case "model" -> model = Values.string(json, name);
      case "input" -> input = new InputReader(text).read();
      case "instructions" -> instructions = instructions();
      case "tools" -> tools.readTools();
      case "tool_choice" -> tools.readChoice();
      case "parallel_tool_calls" -> parallelToolCalls = Values.bool(json, name);
      case "max_output_tokens" -> maxTokens = Values.integer(json, name);
      case "temperature" -> temperature = Values.number(json, name);
      case "top_p" -> topP = Values.number(json, name);
      case "top_logprobs" -> topLogprobs = Values.integer(json, name);
      case "text" -> text();
      case "reasoning" -> reasoning();
      case "stream" -> stream = Values.bool(json, name);
      case "include" -> include();
      case "user" -> user = Values.string(json, name);
      case "store", "background" -> onlyFalse(name);
      case "previous_response_id", "conversation", "prompt" -> throw needsMemory(name);
      case "truncation" -> truncation();
      // About padding against eavesdroppers who count bytes; nothing is padded here.
      case "stream_options" -> json.skipChildren();
      default -> others.put(name, text.raw());
    }
  }

  private Message instructions() {
    return new Message(
        Message.Role.SYSTEM,
        List.of(new Part.Text(Values.string(json, "instructions"))),
        null,
        "instructions");
  }

  /** Absent, OpenAI would keep the response; a client that says so expects to find it again. */
  private void onlyFalse(String name) {
    if (Values.bool(json, name)) {
      throw needsMemory(name);
    }
  }

  private static RefusedException needsMemory(String param) {
    return new RefusedException(Errors.needsMemory(param));
  }

  private void truncation() {
    if (!Values.string(json, "truncation").equals("disabled")) {
      others.put("truncation", text.raw());
    }
  }

  private void include() {
    Values.array(json, "include");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      // Encrypted reasoning is always sent, and the rest is about tools that are not here.
      logprobs |= Values.string(json, "include").equals("message.output_text.logprobs");
    }
  }

  private void reasoning() {
    Values.object(json, "reasoning");
    String name;
    while ((name = Values.next(json)) != null) {
      if (name.equals("effort") && !Values.isNull(json)) {
        reasoning = new Reasoning.Effort(Values.string(json, "reasoning.effort"));
      } else {
        // How it is summed up is the provider's affair: what the model shows is passed on.
        json.skipChildren();
      }
    }
  }

  private void text() {
    Values.object(json, "text");
    String name;
    while ((name = Values.next(json)) != null) {
      if (Values.isNull(json)) {
        continue;
      }
      switch (name) {
        case "format" -> format = new FormatReader(text).read();
        // Chat completions have it at the top.
        case "verbosity" -> others.put("verbosity", text.raw());
        default -> others.put("text." + name, text.raw());
      }
    }
  }
}
