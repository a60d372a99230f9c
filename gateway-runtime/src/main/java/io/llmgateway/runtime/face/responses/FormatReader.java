package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** {@code text.format}. */
final class FormatReader {
  private static final String PARAM = "text.format";

  private final JsonText text;
  private final JsonParser json;
  private String type = "";
  private @Nullable String name;
  private @Nullable String description;
  private @Nullable RawJson schema;
  private @Nullable Boolean strict;

  FormatReader(JsonText text) {
    this.text = text;
    this.json = text.parser();
  }

  /** Null: plain text, as without it. */
  @Nullable OutputFormat read() {
    text.object(PARAM);
    String member;
    while ((member = Members.next(json)) != null) {
      if (!text.isNull()) {
        member(member, PARAM + "." + member);
      }
    }
    return switch (type) {
      case "text" -> null;
      case "json_object" -> new OutputFormat.Json();
      case "json_schema" -> schema();
      default -> throw JsonText.invalid(PARAM + ".type", "text, json_object or json_schema");
    };
  }

  private void member(String member, String param) {
    switch (member) {
      case "type" -> type = text.string(param);
      case "name" -> name = text.string(param);
      case "description" -> description = text.string(param);
      case "strict" -> strict = text.bool(param);
      case "schema" -> {
        text.object(param);
        schema = text.raw();
      }
      default -> json.skipChildren();
    }
  }

  private OutputFormat schema() {
    if (name == null) {
      throw JsonText.missing(PARAM + ".name", "name the format.");
    }
    if (schema == null) {
      throw JsonText.missing(PARAM + ".schema", "a JSON Schema.");
    }
    return new OutputFormat.JsonSchema(name, description, schema, strict);
  }
}
