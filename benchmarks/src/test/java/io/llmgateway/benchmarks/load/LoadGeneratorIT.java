package io.llmgateway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorIT {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final MockUpstream upstream =
      MockUpstream.start(1, new MockUpstream.Pace(5, Duration.ofMillis(2)));

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void aClosedLoopCountsWhatWasAnswered() throws InterruptedException {
    try (ClosedLoop load = ClosedLoop.start(call(false), 3, 1)) {
      ClosedLoop.Result result = load.measure(Duration.ofMillis(300));

      assertThat(result.answered()).isPositive().isLessThanOrEqualTo(upstream.requests());
      assertThat(result.failed()).isZero();
    }
  }

  @Test
  void anOpenLoopSendsAsManyAsTheRateSays() {
    OpenLoop.Result result = OpenLoop.run(call(false), 200, 4, Duration.ofMillis(500), false);

    assertThat(result.failed()).isZero();
    assertThat(result.latencies().getTotalCount()).isEqualTo(100);
    assertThat(upstream.requests()).isEqualTo(100);
  }

  @Test
  void streamsAreReadToTheirEnd() throws InterruptedException {
    StreamLoad.Result result = StreamLoad.run(call(true), 10, 2, Duration.ofMillis(50), LONGEST);

    assertThat(result.complete()).isEqualTo(10);
    assertThat(result.cut()).isZero();
    assertThat(result.events()).isEqualTo(10 * (5 + 1)); // and [DONE]
    assertThat(upstream.leftStreams()).isZero();
  }

  @Test
  void aStreamWithoutEndInTimeIsCut() throws InterruptedException {
    try (MockUpstream slow =
        MockUpstream.start(1, new MockUpstream.Pace(1000, Duration.ofSeconds(1)))) {
      Call call = Call.post(slow.port(), "/v1/x", Map.of(), Payload.request("m", true));

      StreamLoad.Result result = StreamLoad.run(call, 2, 1, Duration.ZERO, Duration.ofMillis(50));

      assertThat(result.complete()).isZero();
      assertThat(result.cut()).isEqualTo(2);
    }
  }

  @Test
  void anOrdinaryClientUnderstandsTheUpstream() throws IOException, InterruptedException {
    String body = "{\"stream\": true, \"stream_options\": {\"include_usage\": true}}";
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + upstream.port() + "/v1/x"))
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.headers().firstValue("content-type")).hasValue("text/event-stream");
      assertThat(reply.body().split("\n\n")).hasSize(7);
      assertThat(reply.body()).contains("\"total_tokens\":251").endsWith("data: [DONE]\n\n");
    }
  }

  private Call call(boolean stream) {
    return Call.post(
        upstream.port(), "/v1/chat/completions", Map.of(), Payload.request("m", stream));
  }
}
