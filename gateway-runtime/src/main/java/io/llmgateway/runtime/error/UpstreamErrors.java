package io.llmgateway.runtime.error;

import io.llmgateway.runtime.upstream.Fault;
import org.jspecify.annotations.Nullable;

/** What backends do wrong, or say is wrong: one method each, so that codes stay stable. */
public final class UpstreamErrors {
  private UpstreamErrors() {}

  public static ApiError of(Fault fault, String backend) {
    return fault.unreachable()
        ? unreachable(backend, fault.words())
        : invalid(backend, fault.words());
  }

  private static ApiError unreachable(String backend, String why) {
    return server(
        502,
        "upstream_unreachable",
        "The backend '" + backend + "' cannot be reached: " + why + ".");
  }

  public static ApiError invalid(String backend, String why) {
    return server(502, "upstream_invalid_response", "The backend '" + backend + "' " + why + ".");
  }

  public static ApiError authentication(String backend) {
    return server(
        502,
        "upstream_authentication_failed",
        "The backend '"
            + backend
            + "' refused the gateway's credential. This is for the gateway's operators to mend; the"
            + " caller's key is fine.");
  }

  public static ApiError credential(String backend) {
    return server(
        502,
        "upstream_credential_unavailable",
        "The gateway got no credential for the backend '"
            + backend
            + "'. This is for the gateway's operators to mend; the gateway's log says more.");
  }

  /** The time to the reply, or to a stream's first event, is over. */
  public static ApiError noAnswer(boolean streamed, String backend) {
    return timeout(backend, streamed ? "sent no first event in time" : "did not answer in time");
  }

  /** The time in which a long request is to get on is over. */
  public static ApiError notTaken(@Nullable String backend) {
    return timeout(String.valueOf(backend), "did not take the request in time");
  }

  public static ApiError timeout(String backend, String what) {
    return server(504, "upstream_timeout", "The backend '" + backend + "' " + what + ".");
  }

  public static ApiError streamBroken(String backend) {
    return server(
        502,
        "upstream_stream_broken",
        "The backend '" + backend + "' ended the stream before it was complete.");
  }

  /**
   * @param status as the client gets it
   * @param message as the upstream put it, already made safe
   */
  public static ApiError said(int status, String message) {
    String type =
        switch (status) {
          case 429 -> "rate_limit_error";
          default -> status < 500 ? Errors.INVALID_REQUEST : Errors.SERVER;
        };
    return new ApiError(status, type, "upstream_error", null, message, 0);
  }

  /**
   * The conversation is longer than the model can take.
   *
   * @param message as the upstream put it, already made safe
   */
  public static ApiError contextWindow(String message) {
    return new ApiError(
        400, Errors.INVALID_REQUEST, "context_length_exceeded", "messages", message, 0);
  }

  /**
   * The provider does not let this pass.
   *
   * @param message as the upstream put it, already made safe
   */
  public static ApiError contentFilter(String message) {
    return new ApiError(400, Errors.INVALID_REQUEST, "content_filter", null, message, 0);
  }

  private static ApiError server(int status, String code, String message) {
    return new ApiError(status, Errors.SERVER, code, null, message, 0);
  }
}
