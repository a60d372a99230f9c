package io.llmgateway.runtime.request;

import io.llmgateway.runtime.cost.Prices;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.telemetry.trace.RequestTrace;
import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.handler.codec.http.HttpRequest;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is found out about a request on its way, told once at its end. */
final class Settlement {
  /** The client left before there was a status (nginx's number for it). */
  static final int CLIENT_GONE = 499;

  private static final int MAX_PATH_CHARS = 256;

  final long start = System.nanoTime();
  final String id;

  /** Null when the request is not traced. */
  private final @Nullable RequestTrace trace;

  private final GatewayState gateway;
  private final String method;
  private final String path;
  @Nullable String operation;
  @Nullable Key key;
  @Nullable Backend backend;
  boolean streamed;
  long requestBytes;
  @Nullable String responseModel;
  private long calledAt;
  private @Nullable String model;
  private @Nullable Route route;
  private long upstreamNanos = -1;
  private long firstTokenNanos = -1;
  private boolean told;

  Settlement(GatewayState gateway, HttpRequest request, String id, String path) {
    this.gateway = gateway;
    this.id = id;
    this.trace = gateway.observer().trace(request.headers());
    this.method = request.method().name();
    this.path = path.length() <= MAX_PATH_CHARS ? path : path.substring(0, MAX_PATH_CHARS);
  }

  /** Only a model that is served: what callers make up must not fill the metrics. */
  void routed(String servedModel, Route by) {
    model = servedModel;
    route = by;
  }

  void chosen(Backend by, ApiRequest request) {
    backend = by;
    streamed = request.inspected().stream();
    if (trace != null) {
      trace.calling(by, request.inspected().model(), request.headers());
    }
  }

  void called(Endpoint endpoint) {
    calledAt = System.nanoTime();
    upstreamNanos = 0;
    if (trace != null) {
      trace.called(endpoint.host(), endpoint.port());
    }
  }

  /** Whatever is traced says which model answered. */
  ReplyDecoder reading(ReplyDecoder decoder) {
    if (trace != null) {
      decoder.readModel();
    }
    return decoder;
  }

  void answered(int upstreamStatus) {
    if (trace != null) {
      trace.answered(upstreamStatus);
    }
  }

  void firstEvent() {
    firstTokenNanos = System.nanoTime() - start;
  }

  void upstreamOver() {
    if (upstreamNanos == 0) {
      upstreamNanos = System.nanoTime() - calledAt;
      if (trace != null) {
        trace.callOver();
      }
    }
  }

  /** What the request has taken so far, without its upstream's part. */
  long overheadMicros() {
    return (System.nanoTime() - start - Math.max(0, upstreamNanos)) / 1000;
  }

  @Nullable String backendName() {
    return backend == null ? null : backend.name();
  }

  /** USD; null when the tokens or their prices are not known. */
  @Nullable BigDecimal cost(@Nullable Usage usage) {
    Prices prices = backend == null ? null : backend.prices();
    return prices == null || usage == null ? null : usage.cost(prices);
  }

  boolean told() {
    return told;
  }

  void tell(int status, @Nullable String errorCode, @Nullable Usage usage, long responseBytes) {
    if (told) {
      return;
    }
    told = true;
    upstreamOver();
    gateway.end();
    RequestRecord over =
        new RequestRecord(
            id,
            method,
            path,
            operation,
            key,
            model,
            route == null ? null : route.name(),
            backendName(),
            backend == null ? null : backend.provider().system(),
            streamed,
            status,
            errorCode,
            usage,
            requestBytes,
            responseBytes,
            System.nanoTime() - start,
            firstTokenNanos,
            upstreamNanos,
            cost(usage));
    gateway.observer().requestEnded(over);
    if (trace != null) {
      trace.end(over, responseModel);
    }
  }
}
