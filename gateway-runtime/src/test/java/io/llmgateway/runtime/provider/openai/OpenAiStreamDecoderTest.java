package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStreamDecoderTest {
  private static final String WORD = "data: {\"choices\":[{\"delta\":{\"content\":\"é世\"}}]%s}\n\n";
  private static final String FINISH = "data: {\"choices\":[{\"finish_reason\":\"stop\"}]%s}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final Usage COUNTED = new Usage(9, 2, 0, 0);

  /** What a stream became. */
  private record Result(
      String text, @Nullable ApiError problem, @Nullable String relayed, @Nullable Usage usage) {}

  private static Result decode(boolean hidesUsage, List<byte[]> packets) {
    Backend backend = new Backend("b", 1, new ProviderConfig.Echo(), null, "sk-secret");
    OpenAiStreamDecoder decoder =
        new OpenAiStreamDecoder(backend, "text/event-stream", hidesUsage, ByteBufAllocator.DEFAULT);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i <= packets.size() && decoder.problem() == null; i++) {
      boolean last = i == packets.size();
      ByteBuf in =
          last ? Unpooled.EMPTY_BUFFER : Unpooled.directBuffer().writeBytes(packets.get(i));
      ByteBuf out = decoder.decode(in, last);
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      text.writeBytes(bytes);
      out.release();
      assertThat(last ? 0 : in.refCnt()).isZero();
    }
    decoder.release();
    return new Result(
        text.toString(UTF_8), decoder.problem(), decoder.relayedError(), decoder.usage());
  }

  /** The same for every way to cut the stream; returns what it is. */
  private static Result decode(boolean hidesUsage, String stream) {
    byte[] bytes = stream.getBytes(UTF_8);
    Result whole = decode(hidesUsage, List.of(bytes));
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      Result cut = decode(hidesUsage, Packets.of(bytes, 1 + i, random));
      assertThat(cut).as("cut into pieces of up to %s", 1 + i).isEqualTo(whole);
    }
    return whole;
  }

  @Test
  void a_stream_that_the_client_asked_the_usage_of_passes_byte_for_byte() {
    String stream = ": hi\n\nevent: x\r\n" + WORD.formatted(",\"usage\":null") + USAGE + DONE;

    assertThat(decode(false, stream)).isEqualTo(new Result(stream, null, null, COUNTED));
  }

  @Test
  void a_usage_that_the_client_did_not_ask_for_is_hidden() {
    String with = ",\"usage\":null";
    String stream = WORD.formatted(with) + WORD.formatted("") + FINISH.formatted(with) + USAGE;

    assertThat(decode(true, stream + DONE))
        .isEqualTo(
            new Result(
                WORD.formatted("") + WORD.formatted("") + FINISH.formatted("") + DONE,
                null,
                null,
                COUNTED));
  }

  @Test
  void a_usage_that_comes_with_words_is_counted_and_stays() {
    // As vLLM's continuous_usage_stats and Ollama's last chunk have it.
    String stream =
        FINISH.formatted(",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}") + DONE;

    assertThat(decode(true, stream)).isEqualTo(new Result(stream, null, null, COUNTED));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_stream_with_crlf_passes(boolean hidesUsage) {
    String stream = (WORD.formatted("") + DONE).replace("\n", "\r\n");

    assertThat(decode(hidesUsage, stream).text()).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_stream_that_said_why_it_ends_may_end_without_done(boolean hidesUsage) {
    assertThat(decode(hidesUsage, WORD.formatted("") + FINISH.formatted("")).problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of_a_stream_that_is_cut_whole_lines_pass_and_then_there_is_a_problem(boolean hidesUsage) {
    Result result = decode(hidesUsage, WORD.formatted("") + "data: {\"choi");

    assertThat(result.problem())
        .isNotNull()
        .extracting(ApiError::code)
        .isEqualTo("upstream_stream_broken");
    assertThat(result.text()).isEqualTo(WORD.formatted(""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_stream_of_comments_alone_is_no_stream(boolean hidesUsage) {
    Result result = decode(hidesUsage, ": ping\n\n: ping\n\n");

    assertThat(result.problem())
        .isNotNull()
        .extracting(ApiError::code)
        .isEqualTo("upstream_invalid_response");
    assertThat(result.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_error_that_comes_first_is_no_stream(boolean hidesUsage) {
    Result result =
        decode(
            hidesUsage,
            ": ping\n\ndata: {\"error\":{\"message\":\"no sk-secret\",\"code\":\"429\"}}\n\n"
                + DONE);

    assertThat(result.text()).isEmpty();
    assertThat(result.problem()).isNotNull();
    assertThat(result.problem().status()).isEqualTo(429);
    assertThat(result.problem().message()).isEqualTo("no ***");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_later_error_goes_to_the_client_and_ends_the_stream(boolean hidesUsage) {
    String stream = WORD.formatted("") + "data: {\"error\":{\"message\":\"late\"}}\n\n";

    assertThat(decode(hidesUsage, stream))
        .isEqualTo(new Result(stream, null, "upstream_error", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"message\":\"bad sk-secret\"", "\"code\":\"invalid_api_key\""})
  void a_later_error_that_tells_of_our_credential_does_not(String error) {
    for (boolean hidesUsage : new boolean[] {true, false}) {
      Random random = new Random(8);
      byte[] stream =
          (WORD.formatted("") + "data: {\"error\":{" + error + "}}\n\n" + DONE).getBytes(UTF_8);
      for (int i = 0; i < 200; i++) {
        Result result = decode(hidesUsage, Packets.of(stream, 1 + i, random));
        assertThat(result.text()).doesNotContain("secret", "api_key", "DONE");
        assertThat(result.problem()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_event_of_any_length_passes(boolean hidesUsage) {
    String stream = "data: {\"choices\":[\"" + "x".repeat(3 << 20) + "\"]}\n\n" + DONE;
    Result result = decode(hidesUsage, Packets.of(stream.getBytes(UTF_8), 70_000, new Random(9)));

    assertThat(result.problem()).isNull();
    assertThat(result.text().equals(stream)).isTrue();
  }
}
