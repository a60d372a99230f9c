package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.telemetry.trace.RequestTrace;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Told of each request's end, on the request's event loop: it must not block. */
public interface RequestObserver {
  void requestStarted();

  /**
   * @param client the headers of the client's request
   * @return null when the request is not traced
   */
  default @Nullable RequestTrace trace(HttpHeaders client) {
    return null;
  }

  void requestEnded(RequestRecord request);
}
