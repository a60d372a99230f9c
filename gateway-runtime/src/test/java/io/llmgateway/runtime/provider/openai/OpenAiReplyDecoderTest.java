package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiReplyDecoderTest {
  private static final String COUNTS =
      "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}";

  /** What a reply became; the status is 0 when all is well. */
  private record Result(String text, int status, @Nullable String code, @Nullable Usage usage) {}

  private static Result decode(String reply, int longestPacket) {
    Backend backend = new Backend("b", 1, new ProviderConfig.Echo(), null, "sk-secret");
    OpenAiReplyDecoder decoder =
        new OpenAiReplyDecoder(
            backend, "application/json", new DefaultHttpHeaders(), false, ByteBufAllocator.DEFAULT);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    List<byte[]> packets = Packets.of(reply.getBytes(UTF_8), longestPacket, new Random(10));
    for (int i = 0; i <= packets.size() && decoder.problem() == null; i++) {
      boolean last = i == packets.size();
      ByteBuf in =
          last ? Unpooled.EMPTY_BUFFER : Unpooled.directBuffer().writeBytes(packets.get(i));
      ByteBuf out = decoder.decode(in, last);
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      text.writeBytes(bytes);
      out.release();
    }
    decoder.release();
    var problem = decoder.problem();
    return new Result(
        text.toString(UTF_8),
        problem == null ? 0 : problem.status(),
        problem == null ? null : problem.code(),
        decoder.usage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 1 << 20})
  void a_short_reply_passes_byte_for_byte_and_is_counted(int longestPacket) {
    String reply = " {\"choices\":[{\"é\":1.0}], " + COUNTS + ",\"new\":{}}\n";

    assertThat(decode(reply, longestPacket))
        .isEqualTo(new Result(reply, 0, null, new Usage(5, 7, 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 70_000, 1 << 20})
  void a_long_reply_passes_while_it_comes_and_is_counted(int longestPacket) {
    String reply = "{\"data\":\"" + "é".repeat(150_000) + "\"," + COUNTS + "}";
    Result result = decode(reply, longestPacket);

    assertThat(result.text().equals(reply)).isTrue();
    assertThat(result.status()).isZero();
    assertThat(result.usage()).isEqualTo(new Usage(5, 7, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":{\"message\":\"m\",\"code\":\"429\"}} | 429 | upstream_error",
        "{\"error\":{\"message\":\"m\",\"code\":503}} | 503 | upstream_error",
        "{\"error\":{\"type\":\"invalid_request_error\"}} | 400 | upstream_error",
        "{\"error\":\"model is loading\"} | 502 | upstream_error",
        "{\"error\":{\"code\":\"invalid_api_key\"}} | 502 | upstream_authentication_failed",
        "{\"error\":{\"code\":401}} | 502 | upstream_authentication_failed",
        "{\"error\":null,\"x\":1 | 502 | upstream_invalid_response",
        "[] | 502 | upstream_invalid_response",
      })
  void an_error_with_status_200_gets_the_status_that_is_true(
      String reply, int status, String code) {
    assertThat(decode(reply, 5)).isEqualTo(new Result("", status, code, null));
  }

  @Test
  void an_error_member_that_is_null_is_none() {
    assertThat(decode("{\"error\":null}", 3).status()).isZero();
  }

  @Test
  void a_long_reply_that_ends_in_the_middle_is_a_problem() {
    Result result = decode("{\"data\":\"" + "x".repeat(200_000), 60_000);

    assertThat(result.code()).isEqualTo("upstream_invalid_response");
    assertThat(result.text()).isNotEmpty();
  }

  @Test
  void a_long_reply_that_begins_as_garbage_is_none() {
    assertThat(decode("<html>" + "x".repeat(200_000), 60_000).text()).isEmpty();
  }
}
