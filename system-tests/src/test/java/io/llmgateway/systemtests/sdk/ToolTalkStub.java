package io.llmgateway.systemtests.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's and OpenAI's APIs, as their references document them, in a conversation of two turns:
 * the model asks for the weather, then tells it. It refuses a second turn that does not bring back
 * what the first one gave.
 */
final class ToolTalkStub implements AutoCloseable {
  static final String CREDENTIAL = "sk-ant-api03-provider-WXYZ";

  /** What the client's tool says. */
  static final String WEATHER = "22 degrees";

  /** Each SDK sends the one that it was made for. */
  private static final Set<String> VERSIONS = Set.of("2023-06-01", "2026-10-21");

  private final HttpServer server;

  ToolTalkStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/messages", this::messages);
    server.createContext(
        "/v1/messages/count_tokens",
        x -> send(x, 200, "application/json", "{\"input_tokens\":14}"));
    server.createContext("/v1/chat/completions", this::chat);
    server.start();
  }

  /** Of Anthropic's API; that of OpenAI's ends with {@code /v1}. */
  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void messages(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String problem = problem(exchange, body);
    if (problem != null) {
      send(exchange, 400, "application/json", error("invalid_request_error", problem));
    } else if (body.contains("\"claude-busy\"")) {
      exchange.getResponseHeaders().set("retry-after", "7");
      exchange.getResponseHeaders().set("request-id", "req_011");
      send(exchange, 529, "application/json", error("overloaded_error", "Overloaded"));
    } else if (body.contains("\"claude-broken\"")) {
      send(exchange, 200, "text/event-stream", TalkReplies.ANTHROPIC_BROKEN);
    } else if (!body.contains("\"stream\":true")) {
      send(exchange, 200, "application/json", TalkReplies.ANTHROPIC_WHOLE);
    } else if (body.contains(WEATHER)) {
      send(exchange, 200, "text/event-stream", TalkReplies.ANTHROPIC_ANSWER);
    } else {
      send(exchange, 200, "text/event-stream", TalkReplies.ANTHROPIC_TOOL);
    }
  }

  private static @Nullable String problem(HttpExchange exchange, String body) {
    if (!CREDENTIAL.equals(exchange.getRequestHeaders().getFirst("x-api-key"))
        || exchange.getRequestHeaders().containsKey("authorization")) {
      return "credentials";
    }
    String version = String.valueOf(exchange.getRequestHeaders().getFirst("anthropic-version"));
    if (!VERSIONS.contains(version)) {
      return "anthropic-version: \"" + version + "\" is not a valid version";
    }
    if (!body.contains("\"max_tokens\":")) {
      return "max_tokens: Field required";
    }
    if (body.contains("tool_result")
        && !(body.contains("\"EqQBCgIYAhIM\"") && body.contains("\"tool_use_id\":\"toolu_01\""))) {
      return "messages: what was thought and called must come back";
    }
    return null;
  }

  private void chat(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean second = body.contains(WEATHER);
    if (second && !body.contains("\"tool_call_id\":\"call_1\"")) {
      send(exchange, 400, "application/json", OpenAiReplies.error(400));
    } else {
      send(
          exchange,
          200,
          "text/event-stream",
          second ? TalkReplies.OPENAI_ANSWER : OpenAiReplies.TOOL_CALL_STREAM);
    }
  }

  private static String error(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_011\"}"
        .formatted(type, message);
  }

  private static void send(HttpExchange exchange, int status, String type, String reply)
      throws IOException {
    byte[] bytes = reply.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, type.equals("text/event-stream") ? 0 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
