package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code tools}. Those that Anthropic itself runs or defines go to the others. */
final class ToolReader {
  private final JsonText text;
  private final JsonParser json;
  private final Map<String, RawJson> others;

  ToolReader(JsonText text, Map<String, RawJson> others) {
    this.text = text;
    this.json = text.parser();
    this.others = others;
  }

  List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    if (Fields.array(json, "tools")) {
      int index = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        tool("tools[" + index++ + "]", tools);
      }
    }
    return tools;
  }

  private void tool(String param, List<Tool> tools) {
    if (!Fields.object(json, param)) {
      throw Fields.wrongType(param, "an object");
    }
    String type = null;
    String tool = null;
    String description = null;
    RawJson schema = null;
    Boolean strict = null;
    CacheMarker cache = null;
    List<String> unknown = new ArrayList<>();
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      String path = param + "." + name;
      switch (name) {
        case "type" -> type = Fields.string(json, path);
        case "name" -> tool = Fields.string(json, path);
        case "description" -> description = Fields.string(json, path);
        case "input_schema" -> schema = Fields.object(json, path) ? text.raw() : null;
        case "strict" -> strict = Fields.bool(json, path);
        case "cache_control" -> cache = Fields.cache(json, path);
        // How arguments are cut into pieces, which every client has to bear.
        case "eager_input_streaming" -> json.skipChildren();
        default -> {
          if (json.currentToken() != JsonToken.VALUE_NULL) {
            unknown.add(path);
          }
          json.skipChildren();
        }
      }
    }
    if (type != null && !type.equals("custom")) {
      others.put(param, RawJson.EMPTY_OBJECT);
      return;
    }
    unknown.forEach(path -> others.put(path, RawJson.EMPTY_OBJECT));
    tools.add(
        new Tool(
            Fields.required(tool, param + ".name", "name the tool."),
            description,
            Fields.required(schema, param + ".input_schema", "give the schema of its input."),
            strict,
            cache,
            param));
  }
}
