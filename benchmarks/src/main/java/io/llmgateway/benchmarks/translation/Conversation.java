package io.llmgateway.benchmarks.translation;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A client's request with a long past: what was asked, which tools were called, what they found,
 * what was answered. As with real ones, text has line breaks and quotation marks, and some of it
 * more than ASCII.
 */
final class Conversation {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int TOOLS = 4;

  private static final String QUESTION =
      """
      Look at the log below and tell me why the deployment "checkout" does not become ready.
      I changed nothing but the image's tag, and yesterday it worked.

      2026-11-21T08:14:03Z  INFO  starting checkout 4.2.1
      2026-11-21T08:14:05Z  WARN  pool "orders": 30 of 30 connections in use, 12 waiting
      2026-11-21T08:14:09Z  ERROR readiness: timeout after 2000 ms (orders-db:5432)
      """;

  private static final String THOUGHT =
      """
      The readiness probe waits for the database and gives up – “30 of 30 connections” says why.
      Let me see what holds them: I'll list the sessions, and then the deployment's settings.
      """;

  private static final String ARGUMENTS =
      """
      {"namespace": "shop", "deployment": "checkout", "since": "2h", "fields": ["env", "probes"]}\
      """;

  private static final String RESULT =
      """
      {"deployment": {"name": "checkout", "replicas": 3, "ready": 0, "image": "checkout:4.2.1"},
       "env": [{"name": "POOL_SIZE", "value": "30"}, {"name": "POOL_WAIT_MS", "value": "2000"}],
       "probes": {"readiness": {"path": "/ready", "timeoutSeconds": 2, "failureThreshold": 3}},
       "events": ["Readiness probe failed: HTTP probe failed with statuscode: 503"]}
      """;

  private static final String ANSWER =
      """
      Each replica opens 30 connections, and the database allows 80:

      ```sql
      select count(*), state from pg_stat_activity where application_name = 'checkout' group by 2;
      ```

      1. Set `POOL_SIZE` to 20, so that three replicas stay below the limit.
      2. Give the readiness probe five seconds instead of two.
      """;

  private Conversation() {}

  /**
   * @param bytes the least that it has; some hundred more at most
   */
  static byte[] request(String model, int bytes, boolean stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes + 4096);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("model", model);
      json.writeNumberProperty("temperature", 0.2);
      json.writeNumberProperty("max_tokens", 1024);
      json.writeBooleanProperty("stream", stream);
      tools(json);
      json.writeArrayPropertyStart("messages");
      said(json, "system", "You are a careful site reliability engineer. Answer briefly.");
      said(json, "user", QUESTION);
      for (int turn = 0; size(json, out) < bytes; turn++) {
        turn(json, turn);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static int size(JsonGenerator json, ByteArrayOutputStream out) {
    json.flush();
    return out.size();
  }

  private static void tools(JsonGenerator json) {
    json.writeArrayPropertyStart("tools");
    for (int i = 0; i < TOOLS; i++) {
      json.writeRawValue(
          """
          {"type": "function", "function": {"name": "look_%d", "description": "Reads from the \
          cluster.", "parameters": {"type": "object", "properties": {"namespace": {"type": \
          "string"}, "deployment": {"type": "string", "description": "Its name"}, "since": \
          {"type": "string"}, "fields": {"type": "array", "items": {"type": "string"}}}, \
          "required": ["namespace"]}}}"""
              .formatted(i));
    }
    json.writeEndArray();
  }

  /** A call, what it found, an answer, and the next question. */
  private static void turn(JsonGenerator json, int turn) {
    json.writeStartObject();
    json.writeStringProperty("role", "assistant");
    json.writeStringProperty("content", THOUGHT);
    json.writeArrayPropertyStart("tool_calls");
    json.writeStartObject();
    json.writeStringProperty("id", "call_" + turn);
    json.writeStringProperty("type", "function");
    json.writeObjectPropertyStart("function");
    json.writeStringProperty("name", "look_" + turn % TOOLS);
    json.writeStringProperty("arguments", ARGUMENTS);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeStartObject();
    json.writeStringProperty("role", "tool");
    json.writeStringProperty("tool_call_id", "call_" + turn);
    json.writeStringProperty("content", RESULT);
    json.writeEndObject();
    said(json, "assistant", ANSWER);
    said(json, "user", QUESTION);
  }

  private static void said(JsonGenerator json, String role, String text) {
    json.writeStartObject();
    json.writeStringProperty("role", role);
    json.writeStringProperty("content", text);
    json.writeEndObject();
  }
}
