package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Anthropic's API: refuses what it refuses, and answers the rest as a test says. */
public final class AnthropicStub {
  private static final JsonMapper JSON = new JsonMapper();

  /** Each SDK sends the one that it was made for. */
  private static final Pattern VERSION =
      Pattern.compile("\r\nanthropic-version: (2023-06-01|2026-10-21)\r\n");

  /** As an organization gets it whose settings rule out threads. */
  private static final String NO_THREADS =
      "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"thread is not"
          + " supported\",\"details\":{\"error_code\":\"thread_unsupported_request\",\"unsupported\":"
          + "[\"hipaa\"]}},\"request_id\":\"req_011\"}";

  private AnthropicStub() {}

  /**
   * @param reply with its head
   */
  static StubUpstream answering(String reply) {
    return answering(_ -> reply);
  }

  /**
   * @param model gives a reply with its head to a request that is as it must be
   */
  public static StubUpstream answering(Function<StubUpstream.Request, String> model) {
    return new StubUpstream(
        connection -> {
          StubUpstream.Request request;
          while ((request = connection.request()) != null) {
            String refusal = refusal(request);
            String reply = refusal == null ? model.apply(request) : refusal;
            connection.write(reply);
            if (reply.startsWith(StubUpstream.EVENTS) && !reply.endsWith("0\r\n\r\n")) {
              return;
            }
          }
        });
  }

  /** A reply with these events, whole. */
  public static String events(String events) {
    return cutEvents(events) + "0\r\n\r\n";
  }

  /** A reply with these events, after which the connection ends. */
  static String cutEvents(String events) {
    return StubUpstream.EVENTS + StubUpstream.chunk(events);
  }

  private static @Nullable String refusal(StubUpstream.Request request) {
    String head = request.head().toLowerCase(Locale.ROOT);
    if (!head.contains("\r\nx-api-key: " + TestGateway.CREDENTIAL + "\r\n")) {
      return error("401 Unauthorized", "authentication_error", "invalid x-api-key");
    }
    if (!VERSION.matcher(head).find()) {
      return error("400 Bad Request", "invalid_request_error", "anthropic-version: required");
    }
    boolean messages = head.startsWith("post /v1/messages http/1.1\r\n");
    boolean count = head.startsWith("post /v1/messages/count_tokens http/1.1\r\n");
    if (!messages && !count) {
      return error("404 Not Found", "not_found_error", "Not Found");
    }
    JsonNode body = JSON.readTree(new String(request.body(), UTF_8));
    if (body.hasNonNull("thread")) {
      return StubUpstream.reply(
          "400 Bad Request", "content-type: application/json\r\n", NO_THREADS);
    }
    String problem = messages ? MessagesRules.problem(body) : null;
    return problem == null ? null : error("400 Bad Request", "invalid_request_error", problem);
  }

  public static String error(String status, String type, String message) {
    return StubUpstream.reply(
        status,
        "content-type: application/json\r\nrequest-id: req_011\r\nretry-after: 7\r\n",
        Replies.error(type, message));
  }
}
