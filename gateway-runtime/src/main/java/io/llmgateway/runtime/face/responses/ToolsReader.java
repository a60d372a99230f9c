package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
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
    text.array("tools");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      tools.add(tool("tools[" + tools.size() + "]"));
    }
  }

  private Tool tool(String param) {
    text.object(param);
    String type = "";
    String name = null;
    String description = null;
    RawJson schema = null;
    Boolean strict = null;
    String member;
    while ((member = Members.next(json)) != null) {
      String at = param + "." + member;
      if (text.isNull()) {
        continue;
      }
      switch (member) {
        case "type" -> type = text.string(at);
        case "name" -> name = text.string(at);
        case "description" -> description = text.string(at);
        case "strict" -> strict = text.bool(at);
        case "parameters" -> {
          text.object(at);
          schema = text.raw();
        }
        default -> json.skipChildren();
      }
    }
    if (!type.equals("function")) {
      throw onlyFunctions(param + ".type");
    }
    if (name == null) {
      throw JsonText.missing(param + ".name", "name the function.");
    }
    return new Tool(name, description, schema, strict, null, param);
  }

  void readChoice() {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      choice = mode(json.getString(), "tool_choice");
      return;
    }
    text.object("tool_choice");
    String type = "";
    String name = null;
    String mode = "auto";
    Set<String> names = null;
    String member;
    while ((member = Members.next(json)) != null) {
      switch (member) {
        case "type" -> type = text.string("tool_choice.type");
        case "name" -> name = text.string("tool_choice.name");
        case "mode" -> mode = text.string("tool_choice.mode");
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
    text.array("tool_choice.tools");
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      text.object("tool_choice.tools");
      String member;
      while ((member = Members.next(json)) != null) {
        if (member.equals("name")) {
          names.add(text.string("tool_choice.tools.name"));
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
      default -> throw JsonText.invalid(param, "auto, none, required or a function");
    };
  }

  private static RefusedException onlyFunctions(String param) {
    return JsonText.invalid(
        param, "of type function: other tools are run by OpenAI, which this model is not at");
  }
}
