package io.llmgateway.runtime.aot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A model that answers as OpenAI's API does, for the way from the gateway to its upstream. */
final class TrainingUpstream {
  private static final String USAGE =
      """
      "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,\
      "prompt_tokens_details":{"cached_tokens":1},\
      "completion_tokens_details":{"reasoning_tokens":1}}""";

  private static final byte[] REPLY =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],%s}"""
          .formatted(USAGE)
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] EVENT =
      """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m",\
      "choices":[{"index":0,"delta":{"content":"Hello."},"finish_reason":null}]}

      """
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] LAST =
      """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m",\
      "choices":[],%s}

      data: [DONE]

      """
          .formatted(USAGE)
          .getBytes(StandardCharsets.UTF_8);

  private TrainingUpstream() {}

  static HttpServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", TrainingUpstream::answer);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (body.contains("\"stream\":true")) {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < 3; i++) {
          out.write(EVENT);
          out.flush();
        }
        out.write(LAST);
      } else {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, REPLY.length);
        exchange.getResponseBody().write(REPLY);
      }
    }
  }
}
