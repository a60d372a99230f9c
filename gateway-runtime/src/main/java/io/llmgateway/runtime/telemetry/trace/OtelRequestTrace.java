package io.llmgateway.runtime.telemetry.trace;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span for what the client asked, and one below it for what the backend was asked. */
final class OtelRequestTrace implements RequestTrace {
  private static final String TRACESTATE = "tracestate";
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<HttpHeaders> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpHeaders headers) {
          return headers.names();
        }

        @Override
        public @Nullable String get(@Nullable HttpHeaders headers, String name) {
          if (headers == null) {
            return null;
          }
          // The state alone may be in several fields, which together are one.
          return name.equals(TRACESTATE) && headers.contains(name)
              ? String.join(",", headers.getAll(name))
              : headers.get(name);
        }
      };

  private static final TextMapSetter<HttpHeaders> SETTER =
      (headers, name, value) -> {
        if (headers != null) {
          headers.set(name, value);
        }
      };

  private final Tracer tracer;
  private final Span server;
  private final String scheme;
  private final @Nullable String userAgent;

  /** The wall clock is asked once: a span must not end before it began. */
  private final long epochNanos;

  private final long startedAt;
  private @Nullable Span call;
  private @Nullable String requestModel;
  private boolean local;
  private long calledAt;
  private long callOverAt;
  private @Nullable String host;
  private int port;
  private int upstreamStatus;

  private OtelRequestTrace(
      Tracer tracer, String scheme, Instant start, Context parent, HttpHeaders client) {
    this.tracer = tracer;
    this.scheme = scheme;
    this.userAgent = client.get(HttpHeaderNames.USER_AGENT);
    this.epochNanos = TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano();
    this.startedAt = System.nanoTime();
    this.server =
        tracer
            .spanBuilder("request")
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS)
            .startSpan();
  }

  static RequestTrace begin(Tracer tracer, String scheme, Instant start, HttpHeaders client) {
    Context parent = W3C.extract(Context.root(), client, GETTER);
    return new OtelRequestTrace(tracer, scheme, start, parent, client);
  }

  @Override
  public void calling(Backend backend, String model, HttpHeaders headers) {
    local = backend.provider() instanceof ProviderConfig.Echo;
    calledAt = System.nanoTime();
    requestModel = backend.model() == null ? model : backend.model();
    Span started =
        tracer
            .spanBuilder("call")
            .setParent(Context.root().with(server))
            .setSpanKind(local ? SpanKind.INTERNAL : SpanKind.CLIENT)
            .setStartTimestamp(epoch(calledAt), TimeUnit.NANOSECONDS)
            .startSpan();
    call = started;
    headers.remove(TRACESTATE);
    W3C.inject(Context.root().with(started), headers, SETTER);
  }

  @Override
  public void called(String to, int toPort) {
    host = to;
    port = toPort;
  }

  @Override
  public void answered(int status) {
    upstreamStatus = status;
  }

  @Override
  public void callOver() {
    callOverAt = System.nanoTime();
  }

  @Override
  public void end(RequestRecord request, @Nullable String responseModel) {
    long now = System.nanoTime();
    if (!server.isRecording()) {
      return;
    }
    // A call that was refused before it was made is none.
    if (call != null && requestModel != null && (local || host != null)) {
      endCall(call, requestModel, responseModel, request, now);
    }
    SpanFacts.ofRequest(server, request, scheme, userAgent);
    server.end(epoch(now), TimeUnit.NANOSECONDS);
  }

  private void endCall(
      Span span, String model, @Nullable String responseModel, RequestRecord request, long now) {
    SpanFacts.ofCall(span, request, model);
    if (host != null) {
      span.setAttribute(TraceAttributes.SERVER_ADDRESS, host);
      span.setAttribute(TraceAttributes.SERVER_PORT, (long) port);
    }
    if (upstreamStatus > 0) {
      span.setAttribute(TraceAttributes.STATUS, (long) upstreamStatus);
    }
    if (responseModel != null) {
      span.setAttribute(TraceAttributes.RESPONSE_MODEL, responseModel);
    }
    if (request.firstTokenNanos() >= 0) {
      long beforeCall = calledAt - startedAt;
      double seconds = Math.max(0, request.firstTokenNanos() - beforeCall) / 1e9;
      span.setAttribute(TraceAttributes.FIRST_CHUNK, seconds);
    }
    span.end(epoch(callOverAt > 0 ? callOverAt : now), TimeUnit.NANOSECONDS);
  }

  private long epoch(long nanoTime) {
    return epochNanos + nanoTime - startedAt;
  }
}
