package io.llmgateway.systemtests.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Calls models one after the other, each in a thread of its own, whatever comes back. */
final class Callers implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Thread> threads = new ArrayList<>();
  private final URI endpoint;
  private final String key;

  Callers(String url, String key) {
    this.endpoint = URI.create(url + "/v1/chat/completions");
    this.key = key;
  }

  void call(String model, boolean streamed) {
    threads.add(Thread.ofVirtual().name("calls " + model).start(() -> run(model, streamed)));
  }

  private void run(String model, boolean streamed) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"model\":\""
                        + model
                        + "\",\"stream\":"
                        + streamed
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
            .build();
    try {
      while (true) {
        try {
          http.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
          // The gateway is being restarted: that is one of the faults.
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    http.shutdownNow();
  }
}
