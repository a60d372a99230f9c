package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads content: a string, or a list of blocks. */
final class ContentReader {
  private final JsonText text;
  private final JsonParser json;
  private final Map<String, RawJson> others;

  /** Of the tool call that comes next. */
  private @Nullable String signature;

  ContentReader(JsonText text, Map<String, RawJson> others) {
    this.text = text;
    this.json = text.parser();
    this.others = others;
  }

  /** The parser is at the content, and afterwards at its end. */
  List<Part> read(String param) {
    List<Part> parts = new ArrayList<>();
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      parts.add(new Part.Text(json.getString()));
      return parts;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Fields.wrongType(param, "a string or an array of content blocks");
    }
    int index = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String path = param + "[" + index++ + "]";
      if (!Fields.object(json, path)) {
        throw Fields.wrongType(path, "an object");
      }
      Part part = part(BlockFields.read(text, path, this), path);
      if (part != null) {
        parts.add(part);
      }
    }
    signature = null;
    return parts;
  }

  private @Nullable Part part(BlockFields block, String path) {
    String type = Fields.required(block.type, path + ".type", "say what the block is.");
    Part part = known(type, block, path);
    if (part == null && !type.equals("redacted_thinking")) {
      others.put(path, RawJson.EMPTY_OBJECT);
    } else {
      block.unknown.forEach(name -> others.put(path + "." + name, RawJson.EMPTY_OBJECT));
    }
    return part;
  }

  /** Null when there is no such part. */
  private @Nullable Part known(String type, BlockFields block, String path) {
    switch (type) {
      case "text" -> {
        String said = Fields.required(block.text, path + ".text", "give the text.");
        return new Part.Text(said, block.cache, block.citations);
      }
      case "image" -> {
        Part.Source source = block.source(path);
        return source == null ? null : new Part.Image(source, null, block.cache);
      }
      case "document" -> {
        Part.Source source = block.source(path);
        return source == null
            ? null
            : new Part.Document(source, block.title, block.context, block.cited, block.cache);
      }
      case "thinking" -> {
        return new Part.Thinking(
            Fields.required(block.thinking, path + ".thinking", "give what was thought."),
            block.signature);
      }
      case "redacted_thinking" -> {
        String data = Fields.required(block.data, path + ".data", "give what was thought.");
        signature = ToolSignatures.found(data);
        return signature == null ? new Part.RedactedThinking(data) : null;
      }
      case "tool_use" -> {
        return toolUse(block, path);
      }
      case "tool_result" -> {
        String id =
            Fields.required(block.toolUseId, path + ".tool_use_id", "say which call it answers.");
        return new Part.ToolResult(
            id, result(block, path), Boolean.TRUE.equals(block.error), block.cache);
      }
      default -> {
        return null;
      }
    }
  }

  private Part toolUse(BlockFields block, String path) {
    Part.ToolUse use =
        new Part.ToolUse(
            Fields.required(block.id, path + ".id", "give the id of the call."),
            Fields.required(block.name, path + ".name", "name the tool."),
            Objects.requireNonNullElse(block.input, RawJson.EMPTY_OBJECT),
            signature,
            block.cache);
    signature = null;
    return use;
  }

  private List<Part> result(BlockFields block, String path) {
    if (block.parts != null) {
      return block.parts;
    }
    RawJson content = block.content;
    if (content == null) {
      return List.of();
    }
    // Its type came after it: now that it is known, it can be read.
    try (JsonText later = JsonText.of(content)) {
      later.parser().nextToken();
      return new ContentReader(later, others).read(path + ".content");
    }
  }
}
