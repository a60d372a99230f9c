package io.llmgateway.systemtests.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gathers what a request says; refuses results that no call asked for, and calls without one. */
final class Hearing {
  static final JsonMapper JSON = new JsonMapper();

  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> unanswered = new LinkedHashMap<>();
  private int signatures;

  void tool(String name, JsonNode schema) {
    lines.add(
        "tool "
            + name
            + schema.path("properties").propertyNames().stream()
                .collect(Collectors.joining(",", "(", ")")));
  }

  void system(JsonNode content) {
    lines.add("system: " + text(content));
  }

  void user(JsonNode content) {
    speaks("user", text(content));
  }

  void assistant(JsonNode content) {
    speaks("assistant", text(content));
  }

  private void speaks(String role, String text) {
    if (!unanswered.isEmpty()) {
      throw new RefusedException("calls without results: " + unanswered.keySet());
    }
    if (!text.isEmpty()) {
      lines.add(role + ": " + text);
    }
  }

  void call(String id, String name, JsonNode arguments) {
    if (id.isEmpty() || unanswered.put(id, arguments.toString()) != null) {
      throw new RefusedException("two calls of the id '" + id + "'");
    }
    lines.add("call " + name + " " + arguments);
  }

  /** Where calls have no ids: those that wait for their results, in order. */
  List<String> unanswered() {
    return List.copyOf(unanswered.keySet());
  }

  void result(String id, JsonNode content) {
    String arguments = unanswered.remove(id);
    if (arguments == null) {
      throw new RefusedException("a result of '" + id + "', which nobody called");
    }
    lines.add("result of " + arguments + ": " + text(content));
  }

  void signature(String signature) {
    if (!signature.equals(Script.SIGNATURE)) {
      throw new RefusedException("Invalid signature: " + signature);
    }
    signatures++;
  }

  Heard done(boolean streamed, boolean thinks) {
    if (!unanswered.isEmpty()) {
      throw new RefusedException("calls without results: " + unanswered.keySet());
    }
    return new Heard(streamed, thinks, signatures, List.copyOf(lines));
  }

  /** A string, or parts that have {@code text}. */
  private static String text(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asString(""));
    }
    return text.toString();
  }

  /** JSON with apostrophes for quotes. */
  static String json(String text) {
    return text.replace('\'', '"');
  }

  static JsonNode read(String json) {
    return JSON.readTree(json);
  }

  static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }
}
