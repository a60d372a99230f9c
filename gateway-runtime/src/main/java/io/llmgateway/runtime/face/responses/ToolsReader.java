package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** {@code tools} and {@code tool_choice}, which come in any order. */
final class ToolsReader {
  private final JsonText text;
  private final JsonParser json;
  private final List<Tool> tools = new ArrayList<>();
  private @Nullable ToolChoice choice;

  /** Null: all of them. */
  private @Nullable Set<String> allowed;

  ToolsReader(JsonText text) {
    this.text = text;
    this.json = text.parser();
  }

  /** Those that the model may call at all. */
  List<Tool> tools() {
    Set<String> names = allowed;
    return names == null
        ? List.copyOf(tools)
        : tools.stream().filter(tool -> names.contains(tool.name())).toList();
  }

  @Nullable ToolChoice choice() {
    return choice;
  }

  void readTools() {
    Values.array(json, "tools");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      tools.add(tool("tools[" + tools.size() + "]"));
    }
  }

  private Tool tool(String param) {
    Values.object(json, param);
    String type = "";
    String name = null;
    String description = null;
    RawJson schema = null;
    Boolean strict = null;
    String member;
    while ((member = Values.next(json)) != null) {
      String at = param + "." + member;
      if (Values.isNull(json)) {
        continue;
      }
      switch (member) {
        case "type" -> type = Values.string(json, at);
        case "name" -> name = Values.string(json, at);
        case "description" -> description = Values.string(json, at);
        case "strict" -> strict = Values.bool(json, at);
        case "parameters" -> {
          Values.object(json, at);
          schema = text.raw();
        }
        default -> json.skipChildren();
      }
    }
    if (!type.equals("function")) {
      throw onlyFunctions(param + ".type");
    }
    if (name == null) {
      throw new RefusedException(Errors.missing(param + ".name", "name the function."));
    }
    return new Tool(name, description, schema, strict, null, param);
  }

  void readChoice() {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      choice = mode(json.getString(), "tool_choice");
      return;
    }
    Values.object(json, "tool_choice");
    String type = "";
    String name = null;
    String mode = "auto";
    Set<String> names = null;
    String member;
    while ((member = Values.next(json)) != null) {
      switch (member) {
        case "type" -> type = Values.string(json, "tool_choice.type");
        case "name" -> name = Values.string(json, "tool_choice.name");
        case "mode" -> mode = Values.string(json, "tool_choice.mode");
        case "tools" -> names = allowedTools();
        default -> json.skipChildren();
      }
    }
    if (type.equals("function") && name != null) {
      choice = new ToolChoice.Named(name);
    } else if (type.equals("allowed_tools") && names != null) {
      choice = mode(mode, "tool_choice.mode");
      allowed = names;
    } else {
      throw onlyFunctions("tool_choice");
    }
  }

  private Set<String> allowedTools() {
    Values.array(json, "tool_choice.tools");
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Values.object(json, "tool_choice.tools");
      String member;
      while ((member = Values.next(json)) != null) {
        if (member.equals("name")) {
          names.add(Values.string(json, "tool_choice.tools.name"));
        } else {
          json.skipChildren();
        }
      }
    }
    return names;
  }

  private static ToolChoice mode(String mode, String param) {
    return switch (mode) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      default ->
          throw new RefusedException(
              Errors.invalidValue(param, "auto, none, required or a function"));
    };
  }

  private static RefusedException onlyFunctions(String param) {
    return new RefusedException(
        Errors.invalidValue(
            param, "of type function: other tools are run by OpenAI, which this model is not at"));
  }
}
