package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.error.ApiError;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors as Google's APIs answer with them. */
class GoogleErrorsTest {

  record Case(String what, int status, String body, int passed, String code, int retry) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static String error(int code, String status, String message, String details) {
    return "{\n  \"error\": {\n    \"code\": "
        + code
        + ",\n    \"message\": \""
        + message
        + "\",\n    \"status\": \""
        + status
        + "\""
        + (details.isEmpty() ? "" : ",\n    \"details\": [" + details + "]")
        + "\n  }\n}\n";
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "throttled",
            429,
            error(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota.",
                "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{}]},"
                    + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                    + "\"retryDelay\":\"34.074824224s\"}"),
            429,
            "upstream_error",
            35),
        new Case(
            "invalid",
            400,
            error(400, "INVALID_ARGUMENT", "Unknown name 'x'", ""),
            400,
            "upstream_error",
            0),
        new Case(
            "too long",
            400,
            error(
                400,
                "INVALID_ARGUMENT",
                "The input token count (1091639) exceeds the maximum number of tokens allowed"
                    + " (1048576).",
                ""),
            400,
            "context_length_exceeded",
            0),
        new Case(
            "a wrong key, which is no 401",
            400,
            error(
                400,
                "INVALID_ARGUMENT",
                "API key not valid. Please pass a valid API key.",
                "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                    + "\"reason\":\"API_KEY_INVALID\",\"domain\":\"googleapis.com\"}"),
            502,
            "upstream_authentication_failed",
            0),
        new Case(
            "an expired token",
            401,
            error(401, "UNAUTHENTICATED", "Request had invalid credentials.", ""),
            502,
            "upstream_authentication_failed",
            0),
        new Case(
            "no permission",
            403,
            error(403, "PERMISSION_DENIED", "Permission denied on resource project x.", ""),
            502,
            "upstream_authentication_failed",
            0),
        new Case(
            "no such model",
            404,
            error(404, "NOT_FOUND", "models/gemini-9 is not found", ""),
            404,
            "upstream_error",
            0),
        new Case(
            "overloaded",
            503,
            error(503, "UNAVAILABLE", "The model is overloaded.", ""),
            503,
            "upstream_error",
            0),
        new Case(
            "too slow",
            504,
            error(504, "DEADLINE_EXCEEDED", "Deadline expired.", ""),
            504,
            "upstream_error",
            0),
        new Case(
            "cancelled", 499, error(499, "CANCELLED", "Cancelled.", ""), 502, "upstream_error", 0),
        new Case(
            "in an array, as streams have it",
            429,
            "[" + error(429, "RESOURCE_EXHAUSTED", "Slow down.", "") + "]",
            429,
            "upstream_error",
            0),
        new Case("a proxy's page", 502, "<html>Bad gateway</html>", 502, "upstream_error", 0),
        new Case("nothing", 500, "", 500, "upstream_error", 0),
        new Case("a redirect", 302, "", 502, "upstream_invalid_response", 0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areMapped(Case c) {
    ApiError error = failure(c.status(), new DefaultHttpHeaders(), c.body());
    assertThat(error.status()).isEqualTo(c.passed());
    assertThat(error.code()).isEqualTo(c.code());
    assertThat(error.retryAfterSeconds()).isEqualTo(c.retry());
    assertThat(error.message()).isNotBlank();
  }

  @Test
  void aRetryAfterIsKept() {
    HttpHeaders head = new DefaultHttpHeaders().set("retry-after", "7");
    assertThat(failure(503, head, "").retryAfterSeconds()).isEqualTo(7);
  }

  @Test
  void theKeyIsNotQuoted() {
    String body = error(400, "INVALID_ARGUMENT", "Key AIza-secret is odd", "");
    assertThat(failure(400, new DefaultHttpHeaders(), body).message())
        .contains("is odd")
        .doesNotContain("AIza-secret");
  }

  private static ApiError failure(int status, HttpHeaders head, String body) {
    return new GeminiProtocol(new GoogleApi.Gemini(), "gemini", "AIza-secret")
        .failure(status, head, Unpooled.copiedBuffer(body, UTF_8));
  }
}
