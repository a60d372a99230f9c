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
    while ((name = Members.next(json)) != null) {
      if (!text.isNull()) {
        member(name);
      }
    }
    if (model == null) {
      throw JsonText.missing("model", "name the model to call.");
    }
    if (input == null) {
      throw JsonText.missing("input", "a text, or the items of the conversation.");
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
      case "model" -> model = text.string(name);
      case "input" -> input = new InputReader(text).read();
      case "instructions" -> instructions = instructions();
      case "tools" -> tools.readTools();
      case "tool_choice" -> tools.readChoice();
      case "parallel_tool_calls" -> parallelToolCalls = text.bool(name);
      case "max_output_tokens" -> maxTokens = text.integer(name);
      case "temperature" -> temperature = text.number(name);
      case "top_p" -> topP = text.number(name);
      case "top_logprobs" -> topLogprobs = text.integer(name);
      case "text" -> text();
      case "reasoning" -> reasoning();
      case "stream" -> stream = text.bool(name);
      case "include" -> include();
      case "user" -> user = text.string(name);
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
        List.of(new Part.Text(text.string("instructions"))),
        null,
        "instructions");
  }

  /** Absent, OpenAI would keep the response; a client that says so expects to find it again. */
  private void onlyFalse(String name) {
    if (text.bool(name)) {
      throw needsMemory(name);
    }
  }

  private static RefusedException needsMemory(String param) {
    return new RefusedException(Errors.needsMemory(param));
  }

  private void truncation() {
    if (!text.string("truncation").equals("disabled")) {
      others.put("truncation", text.raw());
    }
  }

  private void include() {
    text.array("include");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      // Encrypted reasoning is always sent, and the rest is about tools that are not here.
      logprobs |= text.string("include").equals("message.output_text.logprobs");
    }
  }

  private void reasoning() {
    text.object("reasoning");
    String name;
    while ((name = Members.next(json)) != null) {
      if (name.equals("effort") && !text.isNull()) {
        reasoning = new Reasoning.Effort(text.string("reasoning.effort"));
      } else {
        // How it is summed up is the provider's affair: what the model shows is passed on.
        json.skipChildren();
      }
    }
  }

  private void text() {
    text.object("text");
    String name;
    while ((name = Members.next(json)) != null) {
      if (text.isNull()) {
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
