package io.llmgateway.operator.reconcile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Map;

/** What becomes of one call of the API server on its way. */
sealed interface Fault {
  JsonMapper JSON = JsonMapper.builder().build();

  /** A call, as far as a fault may depend on it. */
  record Call(String method, String path, String query) {
    boolean isWatch() {
      return query.contains("watch=true");
    }

    boolean isWrite() {
      return !method.equals("GET");
    }

    /** Of objects of this kind, or of one: by the plural. */
    boolean concerns(String plural) {
      return (path + "/").contains("/" + plural + "/");
    }
  }

  /** It passes. */
  record None() implements Fault {}

  /** It passes later. */
  record Slow(Duration by) implements Fault {}

  /** It gets no answer, and the connection is closed; the API server has not seen it. */
  record Unanswered() implements Fault {}

  /** The API server has done it, and the answer is lost. */
  record AnswerLost() implements Fault {}

  /** Half of the answer comes, as if it were all. */
  record HalfAnswer() implements Fault {}

  /** It has no effect, and gets this answer. */
  record Answer(int status, Map<String, String> headers, String body) implements Fault {}

  /** A watch that begins, says this one line, and ends. */
  record WatchLine(String line) implements Fault {}

  None NONE = new None();

  /** As the API server says no. */
  static Answer refusal(int status, String reason, String message) {
    return refusal(status, reason, message, Map.of());
  }

  static Answer refusal(int status, String reason, String message, Map<String, String> headers) {
    return new Answer(status, headers, status(status, reason, message));
  }

  /** An event of a watch that tells of an error. */
  static WatchLine watchError(int status, String reason, String message) {
    return new WatchLine(
        "{\"type\":\"ERROR\",\"object\":" + status(status, reason, message) + "}\n");
  }

  private static String status(int status, String reason, String message) {
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("message", message)
        .put("reason", reason)
        .put("code", status)
        .toString();
  }
}
