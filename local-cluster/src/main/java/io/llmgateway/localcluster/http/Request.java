package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmgateway.localcluster.access.ServiceAccount;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.write.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request, read.
 *
 * @param path the decoded segments of the path
 * @param account null for the user of the kubeconfig
 * @param accept the Accept header; empty without one
 */
record Request(
    @Nullable ServiceAccount account,
    String method,
    List<String> path,
    Map<String, String> query,
    String accept,
    String contentType,
    String userAgent,
    boolean upgrade,
    byte[] body) {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final Set<String> TRUE = Set.of("true", "1", "");

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return query.containsKey(name) && TRUE.contains(query.get(name));
  }

  /**
   * A whole number of at least 0.
   *
   * @throws ApiError 400 for anything else
   */
  long number(String name, long fallback) {
    var given = parameter(name);
    if (given.isEmpty()) {
      return fallback;
    }
    if (!given.matches("[0-9]{1,18}")) {
      throw ApiError.badRequest(name + ": Invalid value: must be a whole number");
    }
    return Long.parseLong(given);
  }

  /** The media type without parameters. */
  String mediaType() {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).trim();
  }

  ObjectNode object() {
    if (mediaType().equals(ProtobufBody.MEDIA_TYPE)) {
      return ProtobufBody.decode(body);
    }
    if (node() instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("the body of the request must be an object");
  }

  JsonNode node() {
    if (body.length == 0) {
      throw ApiError.badRequest("the body of the request is empty");
    }
    try {
      var node =
          switch (mediaType()) {
            case "", "application/json" -> Json.MAPPER.readTree(body);
            case "application/yaml" -> YAML.readTree(body);
            default -> {
              if (mediaType().endsWith("+json")) {
                yield Json.MAPPER.readTree(body);
              }
              if (mediaType().endsWith("+yaml")) {
                // JSON is YAML, and much faster to read as what it is.
                yield body[0] == '{' ? Json.MAPPER.readTree(body) : YAML.readTree(body);
              }
              throw ApiError.unsupportedMediaType(
                  "the body of the request was in an unknown format - accepted media types include:"
                      + " application/json, application/yaml; got "
                      + mediaType());
            }
          };
      return node;
    } catch (IOException e) {
      throw ApiError.badRequest("the body of the request is malformed: " + firstLine(e));
    }
  }

  /** What follows would quote the body, which may hold a secret. */
  private static String firstLine(IOException e) {
    var lines = String.valueOf(e.getMessage()).lines().toList();
    return lines.isEmpty() ? "not readable" : lines.getFirst().replaceAll("'.*'", "...");
  }

  WriteOptions writeOptions() {
    var dryRun = parameter("dryRun");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      throw ApiError.badRequest("dryRun: Unsupported value: " + dryRun + ": supported values: All");
    }
    var unknown =
        switch (parameter("fieldValidation")) {
          case "Ignore" -> WriteOptions.Unknown.IGNORE;
          case "Strict" -> WriteOptions.Unknown.STRICT;
          case "", "Warn" -> WriteOptions.Unknown.WARN;
          default ->
              throw ApiError.badRequest(
                  "fieldValidation: Unsupported value: supported values: Ignore, Strict, Warn");
        };
    return new WriteOptions(
        manager(), dryRun.equals("All"), flag("force"), unknown, new ArrayList<>());
  }

  /** As a real server: without a fieldManager, the client's name in its User-Agent. */
  private String manager() {
    var given = parameter("fieldManager");
    if (!given.isEmpty()) {
      return given;
    }
    var name = userAgent.isEmpty() ? "unknown" : userAgent.split("/", 2)[0];
    return name.length() > 128 ? name.substring(0, 128) : name;
  }
}
