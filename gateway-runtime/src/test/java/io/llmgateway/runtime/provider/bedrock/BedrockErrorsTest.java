package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.error.ApiError;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue of the user guide's page on error codes, and what models say in it. */
class BedrockErrorsTest {
  private static final String NAMESPACE = ":http://internal.amazon.com/coral/com.amazon.bedrock/";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | ValidationException | Malformed input request | 400 | upstream_error",
        "400 | ValidationException | Input is too long for requested model. | 400 | context_length_exceeded",
        "400 | ValidationException | prompt is too long: 200251 tokens > 200000 maximum | 400 | context_length_exceeded",
        "400 | ValidationException | Too many input tokens. Max input tokens: 8192 | 400 | context_length_exceeded",
        "400 | ValidationException | input length and `max_tokens` exceed context limit: 1 + 2 > 3 | 400 | context_length_exceeded",
        "400 | ValidationException | Output blocked by content filtering policy | 400 | content_filter",
        "400 | ServiceQuotaExceededException | Over quota | 429 | upstream_error",
        "404 | ResourceNotFoundException | Model not found | 404 | upstream_error",
        "408 | ModelTimeoutException | Too long | 408 | upstream_error",
        "424 | ModelErrorException | The model broke | 502 | upstream_error",
        "429 | ThrottlingException | Too many requests | 429 | upstream_error",
        "429 | ModelNotReadyException | Not ready | 429 | upstream_error",
        "500 | InternalServerException | Broke | 500 | upstream_error",
        "503 | ServiceUnavailableException | Too busy | 503 | upstream_error",
        "418 | SomethingNew | What | 400 | upstream_error",
        "599 | SomethingNew | What | 502 | upstream_error",
      })
  void passedOn(int status, String type, String message, int passed, String code) {
    ApiError error = failure(status, type + NAMESPACE, "{\"message\":\"" + message + "\"}");

    assertThat(error.status()).isEqualTo(passed);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDeniedException",
    "403,UnrecognizedClientException",
    "403,InvalidSignatureException",
    "403,ExpiredTokenException",
    "403,MissingAuthenticationTokenException",
    "400,IncompleteSignatureException",
    "400,ExpiredTokenException"
  })
  void ofTheGatewaysCredential(int status, String type) {
    ApiError error = failure(status, type, "{\"message\":\"AKIAIOSFODNN7EXAMPLE is wrong\"}");

    assertThat(error.status()).isEqualTo(502);
    assertThat(error.code()).isEqualTo("upstream_authentication_failed");
    assertThat(error.message()).doesNotContain("AKIA");
  }

  @Test
  void theTypeMayStandInTheBody() {
    ApiError error =
        failure(
            400,
            null,
            "{\"__type\":\"com.amazon.coral.service#ThrottlingException\",\"Message\":\"Slow\"}");

    assertThat(error.status()).isEqualTo(429);
    assertThat(error.message()).isEqualTo("Slow");
  }

  @Test
  void whatSaysNothing() {
    assertThat(failure(403, null, "").code()).isEqualTo("upstream_authentication_failed");
    assertThat(failure(503, null, "<html>").message())
        .isEqualTo("The backend 'primary' answered with status 503.");
    assertThat(failure(302, null, "").code()).isEqualTo("upstream_invalid_response");
  }

  @Test
  void otherCredentialsAreFetchedWhereTheseAreNoGood() {
    AtomicInteger expired = new AtomicInteger();
    Converse converse = Converse.with("m");
    ConverseProtocol protocol =
        new ConverseProtocol(converse.backend(), converse.config(), expired::incrementAndGet);

    protocol.failure(403, head("AccessDeniedException"), Unpooled.EMPTY_BUFFER);
    assertThat(expired).hasValue(0);
    protocol.failure(403, head("ExpiredTokenException" + NAMESPACE), Unpooled.EMPTY_BUFFER);
    assertThat(expired).hasValue(1);
  }

  private static ApiError failure(int status, @Nullable String type, String body) {
    return Converse.with("m")
        .protocol()
        .failure(status, head(type), Unpooled.copiedBuffer(body, UTF_8));
  }

  private static HttpHeaders head(@Nullable String type) {
    HttpHeaders head = new DefaultHttpHeaders();
    if (type != null) {
      head.set("x-amzn-ErrorType", type);
    }
    return head;
  }
}
