package io.llmgateway.runtime.telemetry.trace;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a collector takes, and says once that it does not, and once that it does again. */
final class WatchedExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedExporter.class);

  private final SpanExporter next;
  private final String host;
  private final WaitingSpans waiting;
  private final AtomicBoolean failing = new AtomicBoolean();

  WatchedExporter(SpanExporter next, String host, WaitingSpans waiting) {
    this.next = next;
    this.host = host;
    this.waiting = waiting;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode result = next.export(spans);
    return result.whenComplete(() -> over(result, count));
  }

  private void over(CompletableResultCode result, int spans) {
    if (result.isSuccess()) {
      waiting.exported(spans);
      if (failing.getAndSet(false)) {
        LOG.info("traces reach {} again", host);
      }
    } else {
      waiting.failed(spans);
      if (!failing.getAndSet(true)) {
        LOG.warn(
            "traces do not reach {} ({}): they are given up until they do, requests go on",
            host,
            reason(result.getFailureThrowable()));
      }
    }
  }

  /** Not the reply's text: it may quote the credential. */
  private static String reason(@Nullable Throwable failure) {
    if (failure instanceof FailedExportException.HttpExportException http) {
      HttpResponse response = http.getResponse();
      if (response != null) {
        return "HTTP status " + response.getStatusCode();
      }
    }
    Throwable cause = failure;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? "no answer" : cause.getClass().getSimpleName();
  }

  @Override
  public CompletableResultCode flush() {
    return next.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return next.shutdown();
  }
}
