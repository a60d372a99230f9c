package io.llmgateway.runtime.telemetry;

/** Told of each request's end, on the request's event loop: it must not block. */
public interface RequestObserver {
  void requestStarted();

  void requestEnded(RequestRecord request);
}
