package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads what a request says of tools, and of the form that the answer must have. */
final class ToolReader {
  private ToolReader() {}

  static List<Tool> tools(JsonText json, String param) {
    json.array(param);
    List<Tool> tools = new ArrayList<>();
    while (json.nextElement()) {
      tools.add(tool(json, param + "[" + tools.size() + "]"));
    }
    return List.copyOf(tools);
  }

  private static Tool tool(JsonText json, String param) {
    json.object(param);
    JsonParser parser = json.parser();
    Tool function = null;
    CacheMarker cache = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      switch (name) {
        case "type" -> {
          if (!json.string(param + ".type").equals("function")) {
            throw JsonText.invalid(param + ".type", "function");
          }
        }
        case "function" -> function = function(json, param + ".function");
        case "cache_control" -> cache = CacheControl.read(json, param + ".cache_control");
        default -> parser.skipChildren();
      }
    }
    if (function == null) {
      throw JsonText.missing(param + ".function", "describe the function.");
    }
    return new Tool(
        function.name(),
        function.description(),
        function.schema(),
        function.strict(),
        cache,
        param);
  }

  private static Tool function(JsonText json, String param) {
    json.object(param);
    JsonParser parser = json.parser();
    String called = null;
    String description = null;
    RawJson schema = null;
    Boolean strict = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (json.isNull()) {
        continue;
      }
      switch (name) {
        case "name" -> called = json.string(param + ".name");
        case "description" -> description = json.string(param + ".description");
        case "parameters" -> {
          json.object(param + ".parameters");
          schema = json.raw();
        }
        case "strict" -> strict = json.bool(param + ".strict");
        default -> parser.skipChildren();
      }
    }
    if (called == null) {
      throw JsonText.missing(param + ".name", "name the function.");
    }
    return new Tool(called, description, schema, strict, null, param);
  }

  static ToolChoice choice(JsonText json, String param) {
    JsonParser parser = json.parser();
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return switch (parser.getString()) {
        case "auto" -> new ToolChoice.Auto();
        case "none" -> new ToolChoice.None();
        case "required" -> new ToolChoice.Required();
        default ->
            throw JsonText.invalid(
                param, "auto, none, required or {\"type\": \"function\", \"function\": {…}}");
      };
    }
    json.object(param);
    String called = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (name.equals("function")) {
        called = function(json, param + ".function").name();
      } else {
        parser.skipChildren();
      }
    }
    if (called == null) {
      throw JsonText.missing(param + ".function", "name the function to call.");
    }
    return new ToolChoice.Named(called);
  }

  /** Null for text, which is what there is without a format, too. */
  static @Nullable OutputFormat format(JsonText json, String param) {
    json.object(param);
    JsonParser parser = json.parser();
    String type = "";
    OutputFormat schema = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      switch (name) {
        case "type" -> type = json.string(param + ".type");
        case "json_schema" -> schema = schema(json, param + ".json_schema");
        default -> parser.skipChildren();
      }
    }
    return switch (type) {
      case "text" -> null;
      case "json_object" -> new OutputFormat.Json();
      case "json_schema" -> {
        if (schema == null) {
          throw JsonText.missing(param + ".json_schema", "give the schema.");
        }
        yield schema;
      }
      default -> throw JsonText.invalid(param + ".type", "text, json_object or json_schema");
    };
  }

  private static OutputFormat schema(JsonText json, String param) {
    json.object(param);
    JsonParser parser = json.parser();
    String called = "response";
    String description = null;
    RawJson schema = null;
    Boolean strict = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (json.isNull()) {
        continue;
      }
      switch (name) {
        case "name" -> called = json.string(param + ".name");
        case "description" -> description = json.string(param + ".description");
        case "schema" -> {
          json.object(param + ".schema");
          schema = json.raw();
        }
        case "strict" -> strict = json.bool(param + ".strict");
        default -> parser.skipChildren();
      }
    }
    return new OutputFormat.JsonSchema(
        called, description, schema == null ? RawJson.EMPTY_OBJECT : schema, strict);
  }
}
