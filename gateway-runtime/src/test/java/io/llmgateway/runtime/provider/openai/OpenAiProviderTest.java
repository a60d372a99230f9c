package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.testing.ApiRequests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiProviderTest {
  private static final String CREDENTIAL = "sk-upstream";

  private static OpenAiProvider provider(String baseUrl, @Nullable String model) {
    ProviderConfig.OpenAi config = new ProviderConfig.OpenAi("openai", URI.create(baseUrl), null);
    return new OpenAiProvider(
        new Backend("b", 1, config, model, CREDENTIAL), config, Clock.systemUTC());
  }

  private static String encoded(OpenAiProvider provider, ApiRequest request) {
    ByteBuf bytes = provider.call(request).encode(ByteBufAllocator.DEFAULT);
    try {
      return bytes.toString(UTF_8);
    } finally {
      bytes.release();
    }
  }

  private static String body(@Nullable String model, Operation operation, String json) {
    String sent = encoded(provider("http://h/v1", model), ApiRequests.of(operation, json));
    String body = sent.substring(sent.indexOf("\r\n\r\n") + 4);
    assertThat(sent).contains("\r\ncontent-length: " + body.getBytes(UTF_8).length + "\r\n");
    return body;
  }

  @Test
  void a_body_of_which_nothing_has_to_change_passes_byte_for_byte() {
    String json =
        " {\n\t\"x_new\" : [1.0, 1e2,\"\\u00e9é\"],\"model\":\"m\" , \"stream\":false,"
            + "\"tools\":[{\"model\":\"inner\"}]}\r\n ";

    assertThat(body(null, Operation.CHAT, json)).isEqualTo(json);
  }

  @Test
  void the_model_is_renamed_where_it_stands_and_nowhere_else() {
    assertThat(
            body(
                "up/\"é",
                Operation.EMBEDDINGS,
                "{\"input\":\"m\", \"model\" : \"m\",\"x\":{\"model\":\"m\"}}"))
        .isEqualTo("{\"input\":\"m\", \"model\" : \"up/\\\"é\",\"x\":{\"model\":\"m\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"m\",\"stream\":true}"
            + " | {\"stream_options\":{\"include_usage\":true},\"model\":\"u\",\"stream\":true}",
        "{\"stream\":true,\"model\":\"m\",\"stream_options\":{}}"
            + " | {\"stream\":true,\"model\":\"u\",\"stream_options\":{\"include_usage\":true}}",
        "{\"stream_options\":{\"include_usage\":false},\"stream\":true,\"model\":\"m\"}"
            + " | {\"stream_options\":{\"include_usage\":true},\"stream\":true,\"model\":\"u\"}",
        "{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"model\":\"m\"}"
            + " | {\"stream_options\":{\"include_usage\":true},\"stream\":true,\"model\":\"u\"}",
        "{\"stream_options\":{\"include_usage\":false},\"model\":\"m\"}"
            + " | {\"stream_options\":{\"include_usage\":false},\"model\":\"u\"}",
      })
  void a_stream_is_asked_for_its_usage(String sent, String seen) {
    assertThat(body("u", Operation.CHAT, sent)).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, /v1/chat/completions, api.openai.com",
    "https://api.openai.com/v1/, /v1/chat/completions, api.openai.com",
    "http://vllm:8000, /chat/completions, vllm:8000",
    "http://[::1]:11434/v1, /v1/chat/completions, [::1]:11434",
    "https://x.example:443/a%20b, /a%20b/chat/completions, x.example",
    "https://x.example/deployments/d?api-version=2024-10-21&a=%2F,"
        + " /deployments/d/chat/completions?api-version=2024-10-21&a=%2F, x.example",
    "http://x.example/schön, /sch%C3%B6n/chat/completions, x.example"
  })
  void the_base_url_is_what_comes_before_the_path_and_its_query_behind(
      String baseUrl, String target, String host) {
    ApiRequest request = ApiRequests.of(Operation.CHAT, "{\"model\":\"m\"}");

    assertThat(encoded(provider(baseUrl, null), request))
        .startsWith("POST " + target + " HTTP/1.1\r\nhost: " + host + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "9000000000, content-length: 9000000004",
    "-1, transfer-encoding: chunked",
  })
  void of_a_request_that_goes_on_the_beginning_says_how_long_it_will_be(
      long length, String framing) {
    ApiRequest whole = ApiRequests.of(Operation.CHAT, "{\"model\":\"m\"}");
    ApiRequest begun =
        new ApiRequest(
            whole.operation(),
            whole.id(),
            whole.headers(),
            whole.body(),
            length,
            whole.inspected());

    String encoded = encoded(provider("http://h", "other"), begun);
    assertThat(encoded).contains("\r\n" + framing + "\r\n");
    assertThat(encoded)
        .endsWith(
            length < 0
                ? "\r\n\r\n11\r\n{\"model\":\"other\"}\r\n"
                : "\r\n\r\n{\"model\":\"other\"}");
  }

  @Test
  void no_header_of_the_client_breaks_out_of_its_line() {
    ApiRequest request = ApiRequests.of(Operation.CHAT, "{\"model\":\"m\"}");
    HttpHeaders hostile =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    hostile
        .add("user-agent", "a\r\nx-evil: 1")
        .add("openai-beta", "b\u00ff")
        .add("traceparent", "t");
    ApiRequest with =
        new ApiRequest(
            request.operation(), request.id(), hostile, request.body(), request.inspected());

    assertThat(encoded(provider("http://h", null), with))
        .contains("\r\ntraceparent: t\r\n", "\r\naccept-encoding: identity\r\n")
        .doesNotContain("evil", "user-agent", "openai-beta");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, true", "401, 502, false", "403, 502, false", "404, 404, true", "408, 408, true",
    "409, 409, true", "413, 413, true", "418, 400, false", "422, 422, true", "429, 429, true",
    "451, 400, false", "500, 500, true", "503, 503, true", "529, 529, true", "599, 502, false",
    "302, 502, false"
  })
  void an_upstreams_status_becomes_one_that_is_true_for_the_caller(
      int upstream, int client, boolean itsWords) {
    Failure failure = failure(upstream, "{\"error\":{\"message\":\"why\"}}");

    assertThat(failure.error().status()).isEqualTo(client);
    assertThat(failure.asUpstream()).isEqualTo(itsWords);
  }

  @Test
  void an_error_that_quotes_our_credential_is_put_in_our_words() {
    Failure failure = failure(400, "{\"error\":{\"message\":\"bad " + CREDENTIAL + "\"}}");

    assertThat(failure.asUpstream()).isFalse();
    assertThat(failure.error().message()).isEqualTo("bad ***");
  }

  @ParameterizedTest
  @CsvSource({"<html>", "[]", "'{\"status\":500}'", "''"})
  void an_error_in_no_known_shape_is_not_passed_on(String body) {
    Failure failure = failure(500, body);

    assertThat(failure.asUpstream()).isFalse();
    assertThat(failure.error().message()).isEqualTo("The backend 'b' answered with status 500.");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"detail\":\"Not here.\"}'",
    "'{\"statusCode\":404,\"message\":\"Not here.\"}'",
    "'{\"object\":\"error\",\"message\":\"Not here.\",\"type\":\"NotFoundError\",\"code\":404}'"
  })
  void an_error_of_another_shape_is_put_into_ours(String body) {
    Failure failure = failure(404, body);

    assertThat(failure.asUpstream()).isFalse();
    assertThat(failure.error().message()).isEqualTo("Not here.");
  }

  private static Failure failure(int status, String body) {
    return provider("http://h", null)
        .call(ApiRequests.of(Operation.CHAT, "{\"model\":\"m\"}"))
        .failure(status, new DefaultHttpHeaders(), Unpooled.copiedBuffer(body, UTF_8));
  }
}
