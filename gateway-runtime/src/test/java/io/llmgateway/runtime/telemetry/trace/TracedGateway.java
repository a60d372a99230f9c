package io.llmgateway.runtime.telemetry.trace;

import io.llmgateway.runtime.config.Pricing;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.cost.Prices;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.table.Tracing;
import io.llmgateway.runtime.testing.StubCollector;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway that traces to a stub, and an upstream to call. */
final class TracedGateway implements AutoCloseable {
  final StubCollector collector = new StubCollector();
  final Traces traces = new Traces("http", "1.2.3", TestGateway.CLOCK);
  final StubUpstream upstream;
  final TestGateway gateway;

  /** What one request left behind. */
  record Sent(List<Span> spans, Map<String, Object> resource, Span server, @Nullable Span call) {
    Map<String, Object> serverAttributes() {
      return StubCollector.attributes(server);
    }

    Map<String, Object> callAttributes() {
      return StubCollector.attributes(wholeCall());
    }

    Span wholeCall() {
      if (call == null) {
        throw new AssertionError("no call in " + spans);
      }
      return call;
    }
  }

  TracedGateway(double ratio, StubUpstream upstream) {
    this.upstream = upstream;
    Backend backend =
        new Backend(
            "primary",
            1,
            new ProviderConfig.OpenAi("openai", upstream.baseUrl(), null),
            "gpt-9",
            TestGateway.CREDENTIAL,
            false,
            Prices.of(new Pricing("1000", "2000", "500", null, null)));
    Backend anthropic =
        new Backend(
            "claude",
            1,
            new ProviderConfig.Anthropic(URI.create("http://127.0.0.1:" + upstream.port()), null),
            null,
            TestGateway.CREDENTIAL);
    gateway =
        new TestGateway.Builder()
            .route("m", backend)
            .route("claude", anthropic)
            .echo("echo")
            .traces(traces)
            .start();
    configure(new Tracing(ratio, List.of(to(collector, Map.of()))));
  }

  static Tracing.Exporter to(StubCollector collector, Map<String, String> headers) {
    return new Tracing.Exporter(collector.endpoint(), headers);
  }

  void configure(@Nullable Tracing tracing) {
    Snapshot plain = new TestGateway.Builder().snapshot();
    traces.configure(new Snapshot("r", plain.settings(), plain.routes(), plain.keys(), tracing));
  }

  /** What was exported of one request: its own span ends last. */
  Sent sent() {
    List<Span> spans = new ArrayList<>();
    Map<String, Object> resource;
    do {
      StubCollector.Export export = collector.export();
      spans.addAll(export.spans());
      resource = export.resource();
    } while (spans.getLast().getKind() != Span.SpanKind.SPAN_KIND_SERVER);
    Span call = spans.size() == 1 ? null : spans.getFirst();
    return new Sent(spans, resource, spans.getLast(), call);
  }

  @Override
  public void close() {
    gateway.close();
    traces.close();
    upstream.close();
    collector.close();
  }
}
