package io.llmgateway.runtime.aot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What clients ask of a gateway, often enough that the JVM knows which code is hot. */
final class GatewayExercise {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final int ROUNDS = 700;

  private final URI api;
  private final URI management;

  GatewayExercise(int port, int managementPort) {
    api = URI.create("http://127.0.0.1:" + port);
    management = URI.create("http://127.0.0.1:" + managementPort);
  }

  void on(Process gateway) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      awaitReady(client, gateway);
      List<HttpRequest> requests =
          List.of(
              chat(TrainingConfig.UPSTREAM_MODEL, false),
              chat(TrainingConfig.UPSTREAM_MODEL, false),
              chat(TrainingConfig.UPSTREAM_MODEL, true),
              chat(TrainingConfig.ECHO_MODEL, false),
              chat(TrainingConfig.ECHO_MODEL, true),
              chat("unknown", false),
              models());
      for (int round = 0; round < ROUNDS; round++) {
        for (HttpRequest request : requests) {
          client.send(request, HttpResponse.BodyHandlers.discarding());
        }
      }
      client.send(
          HttpRequest.newBuilder(management.resolve("/metrics")).build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }

  private void awaitReady(HttpClient client, Process gateway)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (status(client) != 200) {
      if (!gateway.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the gateway did not get ready");
      }
      Thread.sleep(20);
    }
  }

  private int status(HttpClient client) throws InterruptedException {
    try {
      HttpRequest ready = HttpRequest.newBuilder(management.resolve("/health/readiness")).build();
      return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private HttpRequest models() {
    return authorized("/v1/models").GET().build();
  }

  private HttpRequest chat(String model, boolean stream) {
    String body =
        """
        {"model":"%s","messages":[{"role":"system","content":"You are a helpful assistant."},\
        {"role":"user","content":"Say hello, with \\"quotes\\" and \\u00fcmlauts."}],\
        "temperature":0.2,"stream":%s}"""
            .formatted(model, stream);
    return authorized("/v1/chat/completions")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + TrainingConfig.KEY);
  }
}
