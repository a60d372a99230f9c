package io.llmgateway.runtime.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.table.Tracing;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubCollector;
import io.llmgateway.runtime.testing.StubUpstream;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final String ECHO =
      "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @Test
  void nothingIsTracedUntilItIsConfigured() {
    Traces traces = new Traces("http", "1", Clock.systemUTC());

    assertThat(traces.begin(new DefaultHttpHeaders())).isNull();
  }

  @Test
  void eachExporterGetsEverySpanWithItsOwnHeaders() {
    try (StubCollector second = new StubCollector();
        TracedGateway traced = new TracedGateway(1, StubUpstream.answering(""));
        RawClient client = traced.gateway.client()) {
      traced.configure(
          new Tracing(
              1,
              List.of(
                  TracedGateway.to(traced.collector, Map.of("X-Scope-OrgID", "tenant")),
                  TracedGateway.to(second, Map.of("Authorization", "Basic cGs6c2s=")))));
      client.chat(ECHO).reply();
      traced.gateway.record();

      StubCollector.Export first = traced.collector.export();
      StubCollector.Export other = second.export();
      assertThat(first.headers().getFirst("X-Scope-OrgID")).isEqualTo("tenant");
      assertThat(first.headers()).doesNotContainKey("Authorization");
      assertThat(other.headers().getFirst("Authorization")).isEqualTo("Basic cGs6c2s=");
      assertThat(other.spans()).containsAnyElementsOf(first.spans());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(traced.traces.counts().exported()).isEqualTo(4));
    }
  }

  @Test
  void aNewConfigurationIsInForceAtOnceAndTheOldOnesSpansAreStillSent() {
    try (StubCollector second = new StubCollector();
        TracedGateway traced = new TracedGateway(1, StubUpstream.answering(""));
        RawClient client = traced.gateway.client()) {
      client.chat(ECHO).reply();
      traced.gateway.record();
      traced.configure(new Tracing(1, List.of(TracedGateway.to(second, Map.of()))));
      client.chat(ECHO).reply();
      traced.gateway.record();

      assertThat(second.spans(2)).hasSize(2);
      assertThat(traced.collector.spans(2)).hasSize(2);
      assertThat(traced.collector.exports).isEmpty();
    }
  }

  @Test
  void aCollectorThatRefusesCostsItsSpansAndNoRequest() {
    try (TracedGateway traced = new TracedGateway(1, StubUpstream.answering(""));
        RawClient client = traced.gateway.client()) {
      traced.collector.answer(401);
      assertThat(client.chat(ECHO).reply().status()).isEqualTo(200);
      traced.gateway.record();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(traced.traces.counts().exportFailed()).isEqualTo(2));

      traced.collector.answer(200);
      client.chat(ECHO).reply();
      traced.gateway.record();
      assertThat(traced.collector.spans(2)).hasSize(2);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(traced.traces.counts().exported()).isEqualTo(2));
    }
  }

  @Test
  void aCollectorThatIsBusyIsTriedAgain() {
    try (TracedGateway traced = new TracedGateway(1, StubUpstream.answering(""));
        RawClient client = traced.gateway.client()) {
      traced.collector.answer(503);
      client.chat(ECHO).reply();
      traced.gateway.record();
      await().atMost(Duration.ofSeconds(20)).until(() -> traced.collector.refused() > 0);
      traced.collector.answer(200);

      assertThat(traced.collector.spans(2)).hasSize(2);
      assertThat(traced.traces.counts().exportFailed()).isZero();
    }
  }

  @Test
  void aCollectorThatIsNotThereHoldsNothingUp() {
    try (TracedGateway traced = new TracedGateway(1, StubUpstream.answering(""));
        RawClient client = traced.gateway.client()) {
      // Nobody answers there (RFC 5737).
      URI nowhere = URI.create("http://192.0.2.1:4318/v1/traces");
      traced.configure(new Tracing(1, List.of(new Tracing.Exporter(nowhere, Map.of()))));
      for (int i = 0; i < 50; i++) {
        assertThat(client.chat(ECHO).reply().status()).isEqualTo(200);
        traced.gateway.record();
      }

      long start = System.nanoTime();
      traced.traces.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void spansWithoutRoomAreGivenUpAndCounted() {
    SpanCounts counts = new SpanCounts();
    WaitingSpans waiting = new WaitingSpans(counts);
    AtomicInteger taken = new AtomicInteger();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(new BoundedSpans(counting(taken), waiting))
            .build()) {
      Tracer tracer = provider.get("test");
      for (int i = 0; i < WaitingSpans.MAX + 7; i++) {
        tracer.spanBuilder("s").startSpan().end();
      }
      assertThat(taken).hasValue(WaitingSpans.MAX);
      assertThat(counts.queueFull()).isEqualTo(7);

      waiting.failed(2);
      waiting.exported(1);
      for (int i = 0; i < 4; i++) {
        tracer.spanBuilder("s").startSpan().end();
      }
      assertThat(taken).hasValue(WaitingSpans.MAX + 3);
      assertThat(counts.queueFull()).isEqualTo(8);
      assertThat(counts.exportFailed()).isEqualTo(2);
      assertThat(counts.exported()).isEqualTo(1);
    }
  }

  private static SpanProcessor counting(AtomicInteger ended) {
    return new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {}

      @Override
      public boolean isStartRequired() {
        return false;
      }

      @Override
      public void onEnd(ReadableSpan span) {
        ended.incrementAndGet();
      }

      @Override
      public boolean isEndRequired() {
        return true;
      }

      @Override
      public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
      }
    };
  }
}
