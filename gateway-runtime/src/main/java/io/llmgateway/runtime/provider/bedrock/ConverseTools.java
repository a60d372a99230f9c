package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * Writes {@code toolConfig}. Bedrock wants one wherever the conversation has tool calls, and has no
 * word for "no tools": then the calls' tools stand there as gone.
 */
final class ConverseTools {
  private static final String GONE =
      "Not available any more. Do not call it; what it gave before stands in the conversation.";
  private static final RawJson NO_ARGUMENTS = RawJson.of("{\"type\":\"object\",\"properties\":{}}");

  private final ChatRequest request;
  private final BedrockModel model;
  private final Unsupported unsupported;

  ConverseTools(ChatRequest request, BedrockModel model, Unsupported unsupported) {
    this.request = request;
    this.model = model;
    this.unsupported = unsupported;
  }

  /**
   * @param chosenElsewhere the choice of tools is said in another place
   */
  void write(JsonGenerator json, boolean chosenElsewhere) {
    boolean none = request.toolChoice() instanceof ToolChoice.None;
    if (AnswerTool.serves(request, model)) {
      answerTool(json);
    } else if (!none && !request.tools().isEmpty()) {
      json.writeObjectPropertyStart("toolConfig");
      json.writeArrayPropertyStart("tools");
      request.tools().forEach(tool -> tool(tool, json));
      json.writeEndArray();
      if (!chosenElsewhere) {
        choice(json);
      }
      json.writeEndObject();
    } else {
      gone(json);
    }
  }

  private void tool(Tool tool, JsonGenerator json) {
    boolean strict = Boolean.TRUE.equals(tool.strict());
    if (strict && !model.structuredOutputs()) {
      unsupported.report(tool.param() + ".strict", "arguments held to their schema by this model");
      strict = false;
    }
    RawJson schema = tool.schema() == null ? NO_ARGUMENTS : tool.schema();
    spec(json, tool.name(), tool.description(), schema, strict);
    ConverseMessages.cachePoint(json, tool.cache());
  }

  private void choice(JsonGenerator json) {
    switch (request.toolChoice()) {
      case ToolChoice.Required _ -> choice(json, "any", null);
      case ToolChoice.Named named -> choice(json, "tool", named.name());
      case ToolChoice.Auto _ -> choice(json, "auto", null);
      case null, default -> {}
    }
  }

  private static void choice(JsonGenerator json, String kind, @Nullable String name) {
    json.writeObjectPropertyStart("toolChoice");
    json.writeObjectPropertyStart(kind);
    if (name != null) {
      json.writeStringProperty("name", name);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void answerTool(JsonGenerator json) {
    json.writeObjectPropertyStart("toolConfig");
    json.writeArrayPropertyStart("tools");
    spec(json, AnswerTool.NAME, AnswerTool.DESCRIPTION, AnswerTool.schema(request), false);
    json.writeEndArray();
    if (model.family() == BedrockModel.Family.MISTRAL) {
      // It knows no choice of one tool by its name.
      choice(json, "any", null);
    } else {
      choice(json, "tool", AnswerTool.NAME);
    }
    json.writeEndObject();
  }

  private void gone(JsonGenerator json) {
    Set<String> names = new LinkedHashSet<>();
    boolean results = false;
    for (Message message : request.messages()) {
      for (Part part : message.parts()) {
        if (part instanceof Part.ToolUse use) {
          names.add(use.name());
        }
        results |= part instanceof Part.ToolResult;
      }
    }
    if (names.isEmpty() && results) {
      names.add("tool");
    }
    if (names.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("toolConfig");
    json.writeArrayPropertyStart("tools");
    names.forEach(name -> spec(json, name, GONE, NO_ARGUMENTS, false));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void spec(
      JsonGenerator json,
      String name,
      @Nullable String description,
      RawJson schema,
      boolean strict) {
    json.writeStartObject();
    json.writeObjectPropertyStart("toolSpec");
    json.writeStringProperty("name", name);
    if (description != null && !description.isBlank()) {
      json.writeStringProperty("description", description);
    }
    json.writeObjectPropertyStart("inputSchema");
    JsonOut.raw(json, "json", typed(schema));
    json.writeEndObject();
    if (strict) {
      json.writeBooleanProperty("strict", true);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** With the type that Bedrock insists on and clients leave out. */
  private static RawJson typed(RawJson schema) {
    boolean empty = true;
    try (JsonText text = JsonText.of(schema)) {
      if (text.parser().nextToken() != JsonToken.START_OBJECT) {
        return schema;
      }
      String name;
      while ((name = text.parser().nextName()) != null) {
        empty = false;
        if (name.equals("type")) {
          return schema;
        }
        text.parser().nextToken();
        text.parser().skipChildren();
      }
    }
    String members = schema.text().strip();
    members = members.substring(1, members.length() - 1);
    return RawJson.of("{\"type\":\"object\"" + (empty ? "" : "," + members) + "}");
  }
}
