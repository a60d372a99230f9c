package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
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
    Values.object(json, PARAM);
    String member;
    while ((member = Values.next(json)) != null) {
      if (!Values.isNull(json)) {
        member(member, PARAM + "." + member);
      }
    }
    return switch (type) {
      case "text" -> null;
      case "json_object" -> new OutputFormat.Json();
      case "json_schema" -> schema();
      default ->
          throw new RefusedException(
              Errors.invalidValue(PARAM + ".type", "text, json_object or json_schema"));
    };
  }

  private void member(String member, String param) {
    switch (member) {
      case "type" -> type = Values.string(json, param);
      case "name" -> name = Values.string(json, param);
      case "description" -> description = Values.string(json, param);
      case "strict" -> strict = Values.bool(json, param);
      case "schema" -> {
        Values.object(json, param);
        schema = text.raw();
      }
      default -> json.skipChildren();
    }
  }

  private OutputFormat schema() {
    if (name == null) {
      throw new RefusedException(Errors.missing(PARAM + ".name", "name the format."));
    }
    if (schema == null) {
      throw new RefusedException(Errors.missing(PARAM + ".schema", "a JSON Schema."));
    }
    return new OutputFormat.JsonSchema(name, description, schema, strict);
  }
}
