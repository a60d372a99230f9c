package io.llmgateway.systemtests.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * An upstream that answers as OpenAI's API reference documents it. Which answer comes is said by
 * the model name, so that one stub serves all cases.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference">API reference</a>
 */
final class OpenAiStub implements AutoCloseable {
  /** What the stub was asked, as it came. */
  record Received(String path, String authorization, String body) {}

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  OpenAiStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::chat);
    server.createContext("/v1/completions", x -> send(x, 200, OpenAiReplies.COMPLETION));
    server.createContext("/v1/embeddings", x -> send(x, 200, OpenAiReplies.EMBEDDING_BASE64));
    server.start();
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  Received last() {
    return received.getLast();
  }

  private void chat(HttpExchange exchange) throws IOException {
    String body = receive(exchange);
    if (body.contains("\"model\":\"fail-")) {
      int at = body.indexOf("\"model\":\"fail-") + "\"model\":\"fail-".length();
      int status = Integer.parseInt(body.substring(at, at + 3));
      if (status == 429) {
        exchange.getResponseHeaders().set("Retry-After", "7");
      }
      respond(exchange, status, "application/json", OpenAiReplies.error(status));
    } else if (body.contains("\"stream\":true") && body.contains("\"tools\"")) {
      respond(exchange, 200, "text/event-stream", OpenAiReplies.TOOL_CALL_STREAM);
    } else if (body.contains("\"stream\":true")) {
      boolean usage = body.contains("\"include_usage\":true");
      respond(
          exchange,
          200,
          "text/event-stream",
          usage ? OpenAiReplies.STREAM_WITH_USAGE : OpenAiReplies.STREAM);
    } else if (body.contains("\"tools\"")) {
      respond(exchange, 200, "application/json", OpenAiReplies.TOOL_CALL);
    } else {
      respond(exchange, 200, "application/json", OpenAiReplies.CHAT);
    }
  }

  private void send(HttpExchange exchange, int status, String reply) throws IOException {
    receive(exchange);
    respond(exchange, status, "application/json", reply);
  }

  private String receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            body));
    return body;
  }

  private static void respond(HttpExchange exchange, int status, String type, String reply)
      throws IOException {
    byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
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
