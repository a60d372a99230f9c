package io.llmgateway.runtime.provider.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.provider.LocalProvider.Answer;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.ApiRequests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EchoProviderTest {
  private final EchoProvider echo =
      new EchoProvider(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));

  private Answer.Parts answer(Operation operation, String json) {
    return (Answer.Parts) echo.answer(ApiRequests.of(operation, json), ByteBufAllocator.DEFAULT);
  }

  private static List<String> texts(Answer.Parts parts) {
    List<String> texts = new ArrayList<>();
    parts
        .parts()
        .forEachRemaining(
            (ByteBuf part) -> {
              texts.add(part.toString(UTF_8));
              part.release();
            });
    return texts;
  }

  private static JsonNode json(Answer.Parts parts) {
    return JsonMapper.shared().readTree(String.join("", texts(parts)));
  }

  @Test
  void a_chat_says_what_the_user_said_last() {
    Answer.Parts answer =
        answer(
            Operation.CHAT,
            """
            {"model":"m","messages":[{"role":"system","content":"be brief"},
             {"role":"user","content":"first"},{"content":"Grüße \\"世界\\"\\n","role":"user"},
             {"role":"assistant","content":"ok"}]}""");

    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.usage()).isEqualTo(new Usage(6, 3, 0, 0));
    assertThat(json(answer))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"id":"chatcmpl-req-1","object":"chat.completion","created":1700000000,
                     "model":"m","choices":[{"index":0,"message":{"role":"assistant",
                     "content":"echo: Grüße \\"世界\\"\\n","refusal":null},"logprobs":null,
                     "finish_reason":"stop"}],
                     "usage":{"prompt_tokens":6,"completion_tokens":3,"total_tokens":9}}
                    """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
            + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:\"}},"
            + "{\"text\":\"b\",\"type\":\"text\"}]}] | echo: ab",
        "[] | echo:",
        "7 | echo:",
        "[1,\"x\",null,{}] | echo:",
        "[{\"role\":\"user\",\"content\":null}] | echo:",
        "[{\"role\":\"assistant\",\"content\":\"a\"}] | echo:",
      })
  void messages_of_any_shape_get_an_answer(String messages, String text) {
    Answer.Parts answer = answer(Operation.CHAT, "{\"model\":\"m\",\"messages\":" + messages + "}");

    assertThat(json(answer).at("/choices/0/message/content").asString()).isEqualTo(text);
  }

  @Test
  void a_stream_is_events_of_a_word_each_with_the_usage_where_it_was_asked_for() {
    Answer.Parts answer =
        answer(
            Operation.CHAT,
            """
            {"model":"m","stream":true,"stream_options":{"include_usage":true},
             "messages":[{"role":"user","content":"a  b"}]}""");

    List<String> events = texts(answer);
    assertThat(answer.contentType()).isEqualTo("text/event-stream");
    assertThat(events).allMatch(e -> e.startsWith("data: ") && e.endsWith("\n\n"));
    assertThat(events.removeLast()).isEqualTo("data: [DONE]\n\n");
    List<JsonNode> chunks =
        events.stream().map(e -> JsonMapper.shared().readTree(e.substring(6))).toList();
    assertThat(chunks)
        .extracting(c -> c.get("object").asString())
        .containsOnly("chat.completion.chunk");
    assertThat(chunks)
        .extracting(c -> c.at("/choices/0/delta/content").asString(""))
        .containsExactly("echo:", " a", " ", " b", "", "");
    assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
    assertThat(chunks.get(4).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(chunks.get(5).get("choices")).isEmpty();
    assertThat(chunks.get(5).at("/usage/total_tokens").asInt()).isEqualTo(2 + 3);
  }

  @Test
  void a_stream_without_that_wish_has_no_usage() {
    Answer.Parts answer =
        answer(Operation.COMPLETIONS, "{\"model\":\"m\",\"stream\":true,\"prompt\":\"a\"}");

    assertThat(String.join("", texts(answer)))
        .contains("\"object\":\"text_completion\"", "\"text\":\" a\"")
        .doesNotContain("usage");
    assertThat(answer.usage()).isEqualTo(new Usage(1, 2, 0, 0));
  }

  @Test
  void an_embedding_is_the_same_for_the_same_input_and_in_the_form_that_was_asked_for() {
    JsonNode floats =
        json(answer(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":[\"a\",\"b\",\"a\"]}"));
    JsonNode base64 =
        json(
            answer(
                Operation.EMBEDDINGS,
                "{\"input\":\"a\",\"encoding_format\":\"base64\",\"model\":\"m\"}"));

    assertThat(floats.get("data")).hasSize(3);
    assertThat(floats.at("/data/0/embedding")).isEqualTo(floats.at("/data/2/embedding"));
    assertThat(floats.at("/data/0/embedding")).isNotEqualTo(floats.at("/data/1/embedding"));
    ByteBuffer decoded =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64.at("/data/0/embedding").asString()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode number : floats.at("/data/0/embedding")) {
      assertThat(number.doubleValue()).isBetween(-1.0, 1.0);
      assertThat(decoded.getFloat()).isEqualTo((float) number.doubleValue());
    }
    assertThat(decoded.remaining()).isZero();
  }

  @Test
  void tokens_and_lists_of_tokens_are_inputs_too() {
    assertThat(
            json(answer(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":[1,2,3]}")).get("data"))
        .hasSize(1);
    assertThat(
            json(answer(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":[[1,2],[3]]}"))
                .get("data"))
        .hasSize(2);
  }

  @Test
  void an_embedding_of_nothing_is_refused() {
    Answer answer =
        echo.answer(
            ApiRequests.of(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":{}}"),
            ByteBufAllocator.DEFAULT);

    assertThat(answer).isInstanceOf(Answer.Refusal.class);
    assertThat(((Answer.Refusal) answer).error().param()).isEqualTo("input");
  }
}
