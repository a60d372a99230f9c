package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.provider.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * What clients get for Google's errors, see <a
 * href="https://ai.google.dev/gemini-api/docs/troubleshooting">its list</a>.
 */
final class GoogleErrors {
  private final String backend;
  private final @Nullable String credential;

  GoogleErrors(String backend, @Nullable String credential) {
    this.backend = backend;
    this.credential = credential;
  }

  /**
   * @param status of the reply, which a proxy may have made
   * @param error null when the body holds none
   */
  ApiError of(int status, @Nullable String retryAfter, @Nullable GoogleError error) {
    if (status < 400) {
      return UpstreamErrors.invalid(backend, "answered with status " + status);
    }
    if (status == 401 || status == 403 || (error != null && refusesCredential(error))) {
      return UpstreamErrors.authentication(backend);
    }
    String unexplained = "The backend '" + backend + "' answered with status " + status + ".";
    String message =
        error == null ? unexplained : SafeText.of(error.message(), credential, unexplained);
    int retry = Math.max(seconds(retryAfter), error == null ? 0 : error.retrySeconds());
    if (status == 400 && error != null && exceedsContext(error.message())) {
      return UpstreamErrors.contextWindow(message);
    }
    ApiError passed = UpstreamErrors.said(passed(status), message);
    return new ApiError(
        passed.status(), passed.type(), passed.code(), passed.param(), message, retry);
  }

  /** An error in a reply that began with status 200. */
  ApiError of(GoogleError error) {
    int code = error.code() >= 400 && error.code() < 600 ? error.code() : 502;
    return of(code, null, error);
  }

  /** Google answers a wrong API key with status 400. */
  private static boolean refusesCredential(GoogleError error) {
    return switch (error.status()) {
      case "UNAUTHENTICATED", "PERMISSION_DENIED" -> true;
      default -> error.reason().startsWith("API_KEY_");
    };
  }

  private static boolean exceedsContext(String message) {
    return message.contains("exceeds the maximum number of tokens")
        || message.contains("input context is too long");
  }

  private static int passed(int status) {
    return switch (status) {
      case 400, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529 -> status;
      // The client closed the connection: not ours.
      case 499 -> 502;
      default -> status < 500 ? 400 : 502;
    };
  }

  /** Of a {@code Retry-After} that is a number; a date is left alone. */
  private static int seconds(@Nullable String retryAfter) {
    return retryAfter != null && retryAfter.matches("[0-9]{1,6}")
        ? Integer.parseInt(retryAfter)
        : 0;
  }
}
