package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.schema.Decoding;
import io.llmgateway.localcluster.schema.Validator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a client sent, then completes and validates what shall be stored. */
final class Admission {
  private final Clock clock;

  Admission(Clock clock) {
    this.clock = clock;
  }

  /** Drops what the kind does not have, as the fieldValidation parameter wants it told. */
  void decode(ResourceType type, ObjectNode o, WriteOptions options) {
    var schema = type.schema();
    if (schema == null) {
      dropNulls(o);
      return;
    }
    dropNulls(Json.meta(o));
    var unknown =
        Decoding.prune(o, schema).stream().map(f -> "unknown field \"" + f + "\"").toList();
    if (unknown.isEmpty()) {
      return;
    }
    switch (options.strict()) {
      case IGNORE -> {}
      case WARN -> options.warnings().addAll(unknown);
      case STRICT ->
          throw ApiError.badRequest(
              unknown.stream()
                  .collect(
                      Collectors.joining(
                          ", ",
                          type.kind()
                              + " in version \""
                              + type.version()
                              + "\" cannot be handled as a "
                              + type.kind()
                              + ": strict decoding error: ",
                          "")));
    }
  }

  /**
   * An applied configuration is a part of an object: what a built-in kind rewrites is rewritten.
   */
  void decodeConfiguration(ResourceType type, ObjectNode configuration, WriteOptions options) {
    decode(type, configuration, options);
    if (type.bucket().equals("secrets") && configuration.has("stringData")) {
      BuiltinRules.secretData(configuration);
    }
  }

  /**
   * @param old the object before; null for a creation
   */
  void complete(ResourceType type, ObjectNode o, @Nullable JsonNode old) {
    var errors = new ArrayList<FieldError>(Names.check(type, o));
    var schema = type.schema();
    if (schema != null) {
      Decoding.applyDefaults(o, schema);
      errors.addAll(Validator.validate(o, old, schema));
    } else {
      BuiltinRules.complete(type, o, old, clock.instant());
      errors.addAll(BuiltinRules.check(type, o, old));
    }
    if (!errors.isEmpty()) {
      throw ApiError.invalid(type, Json.name(o), List.copyOf(errors));
    }
  }

  /** Typed decoding of a real server loses them too. */
  private static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
    }
    node.forEach(Admission::dropNulls);
  }
}
