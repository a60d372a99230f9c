package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.error.ApiError;

/** The client's request cannot be carried out as it is; the client is told why. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ApiError error;

  public RefusedException(ApiError error) {
    // Without a stack trace: it is an answer, no fault.
    super(error.code(), null, false, false);
    this.error = error;
  }

  public ApiError error() {
    return error;
  }
}
