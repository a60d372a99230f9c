package io.llmgateway.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** Takes traces as the OTLP specification has it: protobuf over HTTP, at {@code /v1/traces}. */
public final class StubCollector implements AutoCloseable {
  private final HttpServer server;
  private volatile int status = 200;
  private final AtomicInteger refused = new AtomicInteger();

  /** What was taken. */
  public final BlockingQueue<Export> exports = new LinkedBlockingQueue<>();

  public record Export(Headers headers, ExportTraceServiceRequest traces) {
    public List<Span> spans() {
      return traces.getResourceSpansList().stream()
          .flatMap(r -> r.getScopeSpansList().stream())
          .flatMap(s -> s.getSpansList().stream())
          .toList();
    }

    public Map<String, Object> resource() {
      ResourceSpans first = traces.getResourceSpans(0);
      return values(first.getResource().getAttributesList());
    }
  }

  public StubCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
  }

  /** Answers with this from now on. */
  public void answer(int newStatus) {
    status = newStatus;
  }

  /** Exports that were answered with another status than 200. */
  public int refused() {
    return refused.get();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream in = exchange.getRequestBody()) {
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"));
      boolean understood =
          exchange.getRequestURI().getPath().equals("/v1/traces")
              && "application/x-protobuf"
                  .equals(exchange.getRequestHeaders().getFirst("content-type"));
      ExportTraceServiceRequest traces =
          ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(in) : in);
      int answer = understood ? status : 404;
      if (answer == 200) {
        exports.add(new Export(exchange.getRequestHeaders(), traces));
      } else {
        refused.incrementAndGet();
      }
      byte[] reply = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("content-type", "application/x-protobuf");
      exchange.sendResponseHeaders(answer, reply.length == 0 ? -1 : reply.length);
    }
  }

  public Export export() {
    try {
      Export export = exports.poll(20, TimeUnit.SECONDS);
      assertThat(export).as("an export").isNotNull();
      return export;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the next exports, so many spans. */
  public List<Span> spans(int count) {
    List<Span> spans = new ArrayList<>();
    while (spans.size() < count) {
      spans.addAll(export().spans());
    }
    return spans;
  }

  public static Map<String, Object> attributes(Span span) {
    return values(span.getAttributesList());
  }

  private static Map<String, Object> values(List<KeyValue> attributes) {
    Map<String, Object> values = new HashMap<>();
    attributes.forEach(a -> values.put(a.getKey(), value(a.getValue())));
    return values;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      default -> throw new IllegalArgumentException("an attribute of kind " + value.getValueCase());
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
