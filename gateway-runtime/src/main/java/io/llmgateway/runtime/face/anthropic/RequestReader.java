package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
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

/** Reads the body of one request. What has no place in it goes to its others, by its path. */
final class RequestReader {
  private final JsonText text;
  private final JsonParser json;
  private final boolean answered;
  private final Map<String, RawJson> others = new LinkedHashMap<>();
  private final ContentReader content;

  private @Nullable String model;
  private @Nullable Message system;
  private @Nullable List<Message> messages;
  private List<Tool> tools = List.of();
  private @Nullable ToolChoice toolChoice;
  private @Nullable Boolean parallel;
  private @Nullable Integer maxTokens;
  private @Nullable Double temperature;
  private @Nullable Double topP;
  private @Nullable Integer topK;
  private final List<String> stop = new ArrayList<>();
  private @Nullable OutputFormat format;
  private @Nullable Reasoning thinking;
  private @Nullable String effort;
  private @Nullable Boolean stream;
  private @Nullable String user;

  /**
   * @param answered the request is to be answered, so that it must say how long the answer may be
   */
  RequestReader(JsonText text, boolean answered) {
    this.text = text;
    this.json = text.parser();
    this.answered = answered;
    this.content = new ContentReader(text, others);
  }

  ChatRequest read() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw Fields.wrongType("body", "a JSON object");
    }
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      member(name);
    }
    List<Message> all = new ArrayList<>();
    if (system != null) {
      all.add(system);
    }
    all.addAll(Fields.required(messages, "messages", "give the conversation so far."));
    if (answered) {
      Fields.required(maxTokens, "max_tokens", "say how long the answer may be.");
    }
    Sampling sampling =
        new Sampling(
            maxTokens, temperature, topP, topK, null, null, null, stop, null, null, null, null);
    return new ChatRequest(
        Fields.required(model, "model", "name the model to call."),
        all,
        tools,
        toolChoice,
        parallel,
        sampling,
        format,
        reasoning(),
        Boolean.TRUE.equals(stream),
        true,
        user,
        others);
  }

  private void member(String name) {
    switch (name) {
      case "model" -> model = Fields.string(json, name);
      case "system" -> system = system();
      case "messages" -> messages = messages();
      case "tools" -> tools = new ToolReader(text, others).tools();
      case "tool_choice" -> toolChoice();
      case "max_tokens" -> maxTokens = Fields.integer(json, name);
      case "temperature" -> temperature = Fields.number(json, name);
      case "top_p" -> topP = Fields.number(json, name);
      case "top_k" -> topK = Fields.integer(json, name);
      case "stop_sequences" -> stop();
      case "stream" -> stream = Fields.bool(json, name);
      case "thinking" -> thinking = new ThinkingReader(text, others).read();
      case "output_config" -> outputConfig();
      case "output_format" -> format = format(name);
      case "metadata" -> metadata();
      case "service_tier" -> serviceTier();
      case "thread" -> thread();
      default -> other(name);
    }
  }

  private void other(String path) {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      others.put(path, text.raw());
    }
  }

  /** Never left out: what a thread holds is the conversation that {@code messages} go on with. */
  private void thread() {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      throw new RefusedException(Errors.threadUnsupported());
    }
  }

  /** In OpenAI's words, as more APIs know them. */
  private void serviceTier() {
    String tier = Fields.string(json, "service_tier");
    if (tier != null) {
      others.put(
          "service_tier",
          switch (tier) {
            case "auto" -> RawJson.of("\"auto\"");
            case "standard_only" -> RawJson.of("\"default\"");
            default -> throw Fields.invalid("service_tier", "auto or standard_only");
          });
    }
  }

  private @Nullable Message system() {
    return json.currentToken() == JsonToken.VALUE_NULL
        ? null
        : new Message(Role.SYSTEM, content.read("system"), null, "system");
  }

  private @Nullable List<Message> messages() {
    if (!Fields.array(json, "messages")) {
      return null;
    }
    List<Message> read = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      read.add(message("messages[" + read.size() + "]"));
    }
    return read;
  }

  private Message message(String param) {
    if (!Fields.object(json, param)) {
      throw Fields.wrongType(param, "an object");
    }
    String role = null;
    List<Part> parts = null;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "role" -> role = Fields.string(json, param + ".role");
        case "content" -> parts = content.read(param + ".content");
        default -> other(param + "." + name);
      }
    }
    Role speaker =
        switch (Fields.required(role, param + ".role", "say who speaks, user or assistant.")) {
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          case "system" -> Role.SYSTEM;
          default -> throw Fields.invalid(param + ".role", "user, assistant or system");
        };
    return new Message(
        speaker, Fields.required(parts, param + ".content", "say something."), null, param);
  }

  private void toolChoice() {
    if (!Fields.object(json, "tool_choice")) {
      return;
    }
    String type = null;
    String tool = null;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "type" -> type = Fields.string(json, "tool_choice.type");
        case "name" -> tool = Fields.string(json, "tool_choice.name");
        case "disable_parallel_tool_use" -> {
          Boolean disable = Fields.bool(json, "tool_choice.disable_parallel_tool_use");
          parallel = Boolean.TRUE.equals(disable) ? Boolean.FALSE : null;
        }
        default -> other("tool_choice." + name);
      }
    }
    toolChoice =
        switch (Fields.required(type, "tool_choice.type", "say auto, any, tool or none.")) {
          case "auto" -> new ToolChoice.Auto();
          case "any" -> new ToolChoice.Required();
          case "none" -> new ToolChoice.None();
          case "tool" ->
              new ToolChoice.Named(
                  Fields.required(tool, "tool_choice.name", "name the tool to call."));
          default -> throw Fields.invalid("tool_choice.type", "auto, any, tool or none");
        };
  }

  private void stop() {
    if (Fields.array(json, "stop_sequences")) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        String param = "stop_sequences[" + stop.size() + "]";
        stop.add(Fields.required(Fields.string(json, param), param, "give a string."));
      }
    }
  }

  private void outputConfig() {
    if (!Fields.object(json, "output_config")) {
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "effort" -> effort = Fields.string(json, "output_config.effort");
        case "format" -> format = format("output_config.format");
        default -> other("output_config." + name);
      }
    }
  }

  private @Nullable OutputFormat format(String param) {
    if (!Fields.object(json, param)) {
      return null;
    }
    String type = null;
    RawJson schema = null;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "type" -> type = Fields.string(json, param + ".type");
        case "schema" -> schema = Fields.object(json, param + ".schema") ? text.raw() : null;
        default -> other(param + "." + name);
      }
    }
    if (!"json_schema".equals(type)) {
      throw Fields.invalid(param + ".type", "json_schema");
    }
    return new OutputFormat.JsonSchema(
        "answer", null, Fields.required(schema, param + ".schema", "give the schema."), true);
  }

  /** The budget is the more exact word; effort counts where thinking is not fixed otherwise. */
  private @Nullable Reasoning reasoning() {
    if (effort == null
        || thinking instanceof Reasoning.Budget
        || thinking instanceof Reasoning.Off) {
      return thinking;
    }
    return switch (effort) {
      case "low", "medium", "high", "xhigh" -> new Reasoning.Effort(effort);
      case "max" -> new Reasoning.Effort("xhigh");
      default -> throw Fields.invalid("output_config.effort", "low, medium, high, xhigh or max");
    };
  }

  private void metadata() {
    if (Fields.object(json, "metadata")) {
      String name;
      while ((name = json.nextName()) != null) {
        json.nextToken();
        if (name.equals("user_id")) {
          user = Fields.string(json, "metadata.user_id");
        } else {
          json.skipChildren();
        }
      }
    }
  }
}
