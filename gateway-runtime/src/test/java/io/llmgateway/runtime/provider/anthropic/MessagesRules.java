package io.llmgateway.runtime.provider.anthropic;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the Messages API refuses, from its <a href="https://docs.claude.com/en/api/messages">public
 * reference</a>; the messages are those that it gives.
 */
final class MessagesRules {
  private static final Set<String> MEMBERS =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "metadata",
          "stop_sequences",
          "stream",
          "temperature",
          "top_p",
          "top_k",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "service_tier",
          "cache_control",
          "inference_geo",
          "speed",
          "container");

  private MessagesRules() {}

  /** Null when the request is fine. */
  static @Nullable String problem(JsonNode body) {
    for (String name : body.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        return name + ": Extra inputs are not permitted";
      }
    }
    if (!body.path("model").isString()) {
      return "model: Field required";
    }
    if (!body.path("max_tokens").isInt() || body.path("max_tokens").asInt() < 1) {
      return "max_tokens: Field required";
    }
    if (body.path("temperature").asDouble(0) > 1) {
      return "temperature: range: 0..1";
    }
    if (body.has("tool_choice") && body.path("tools").isEmpty()) {
      return "tool_choice: may only be specified while providing tools";
    }
    String thinking = thinking(body);
    if (thinking != null) {
      return thinking;
    }
    for (JsonNode block : body.path("system")) {
      if (!block.path("type").asString("").equals("text")) {
        return "system: only text is supported";
      }
    }
    return messages(body);
  }

  private static @Nullable String thinking(JsonNode body) {
    JsonNode thinking = body.path("thinking");
    int budget = thinking.path("budget_tokens").asInt(0);
    if (thinking.path("type").asString("").equals("enabled")) {
      if (budget < 1024) {
        return "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
      }
      if (budget >= body.path("max_tokens").asInt()) {
        return "max_tokens must be greater than thinking.budget_tokens";
      }
    }
    if (thinking.path("type").asString("").equals("enabled") && !startsThinking(body)) {
      return "Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is"
          + " enabled, a final `assistant` message must start with a thinking block (preceeding the"
          + " lastmost set of `tool_use` and `tool_result` blocks).";
    }
    boolean thinks = Set.of("enabled", "adaptive").contains(thinking.path("type").asString(""));
    if (thinks && Set.of("any", "tool").contains(body.at("/tool_choice/type").asString(""))) {
      return "Thinking may not be enabled when tool_choice forces tool use.";
    }
    return null;
  }

  /** Whether the turn that the last message goes on with begins with a thought. */
  private static boolean startsThinking(JsonNode body) {
    boolean starts = true;
    for (int i = body.path("messages").size() - 1; i > 0; i -= 2) {
      if (!body.at("/messages/" + i + "/content/0/type").asString("").equals("tool_result")) {
        return starts;
      }
      String first = body.at("/messages/" + (i - 1) + "/content/0/type").asString("");
      starts = first.endsWith("thinking");
    }
    return starts;
  }

  private static @Nullable String messages(JsonNode body) {
    if (body.path("messages").isEmpty()) {
      return "messages: at least one message is required";
    }
    Set<String> called = new HashSet<>();
    String before = "";
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asString("");
      if (role.equals(before) || !Set.of("user", "assistant").contains(role)) {
        return "messages: roles must alternate between user and assistant";
      }
      before = role;
      boolean results = true;
      Set<String> answered = new HashSet<>();
      Set<String> calls = new HashSet<>();
      for (JsonNode block : message.path("content")) {
        String type = block.path("type").asString("");
        results &= type.equals("tool_result");
        if (type.equals("tool_result")) {
          if (!results || !called.contains(block.path("tool_use_id").asString(""))) {
            return "unexpected `tool_use_id` found in `tool_result` blocks";
          }
          answered.add(block.path("tool_use_id").asString());
        } else if (type.equals("tool_use")) {
          if (!block.path("id").asString("").matches("[a-zA-Z0-9_-]+")) {
            return "tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'";
          }
          if (!block.path("input").isObject()) {
            return "tool_use.input: Input should be a valid dictionary";
          }
          if (body.path("tools").isEmpty()) {
            return "Requests which include `tool_use` or `tool_result` blocks must define tools";
          }
          calls.add(block.path("id").asString());
        } else if (type.equals("text") && block.path("text").asString("").isBlank()) {
          return "messages: text content blocks must contain non-whitespace text";
        } else if (type.equals("thinking") && !block.path("signature").isString()) {
          return "thinking.signature: Field required";
        }
      }
      if (!answered.containsAll(called)) {
        return "`tool_use` ids were found without `tool_result` blocks immediately after";
      }
      called = calls;
    }
    return null;
  }
}
