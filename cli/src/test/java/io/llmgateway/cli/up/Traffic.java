package io.llmgateway.cli.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Chat completions without a pause, plain and streamed, each answer checked. */
final class Traffic implements AutoCloseable {
  private static final int CALLERS = 4;

  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean ended;

  Traffic(String url, String key) {
    for (int i = 0; i < CALLERS; i++) {
      boolean stream = i % 2 == 1;
      callers.add(Thread.ofPlatform().daemon().start(() -> call(url, key, stream)));
    }
  }

  private void call(String url, String key, boolean stream) {
    try (var client = client()) {
      while (!ended) {
        try {
          var response = client.send(chat(url, key, "echo", stream), BodyHandlers.ofString());
          var end = stream ? "data: [DONE]" : "\"total_tokens\"";
          if (response.statusCode() == 200 && response.body().contains(end)) {
            answered.incrementAndGet();
          } else {
            failures.add(response.statusCode() + " " + response.body());
          }
        } catch (IOException e) {
          failures.add(e.toString());
        }
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  static HttpRequest chat(String url, String key, String model, boolean stream) {
    return HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                """
                {"model": "%s", "stream": %s, "messages": [{"role": "user", "content": "Hello"}]}
                """
                    .formatted(model, stream)))
        .build();
  }

  int answered() {
    return answered.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits for the last answers. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    for (var caller : callers) {
      caller.join();
    }
  }
}
