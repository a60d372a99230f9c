package io.llmgateway.runtime.face.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Conversations;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyCompletionsTest {
  private static final ChatFace FACE = new LegacyCompletions();
  private static final ChatFace.Reply REPLY = new ChatFace.Reply("req-1", "m", 1_700_000_000L);
  private static final List<ChatEvent> EVENTS =
      List.of(
          new ChatEvent.Started("up-1", "x"),
          new ChatEvent.Text(0, "once "),
          new ChatEvent.Text(0, "upon"),
          new ChatEvent.Used(new Usage(3, 2, 0, 0)),
          new ChatEvent.Finished(0, FinishReason.MAX_TOKENS, null));

  @Test
  void a_prompt_is_what_the_user_says() {
    ChatRequest request =
        Conversations.read(
            FACE,
            "{\"model\":\"m\",\"prompt\":[\"tell\"],\"max_tokens\":2,\"stop\":\"x\",\"best_of\":2}");

    assertThat(request.messages().getFirst().parts()).containsExactly(new Part.Text("tell"));
    assertThat(request.sampling().maxTokens()).isEqualTo(2);
    assertThat(request.sampling().stop()).containsExactly("x");
    assertThat(request.others()).containsOnlyKeys("best_of");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\"} | prompt",
        "{\"prompt\":[\"a\",\"b\"]} | prompt",
        "{\"prompt\":[1]} | prompt[0]",
        "{\"prompt\":{}} | prompt",
        "{\"prompt\":\"a\",\"max_tokens\":\"b\"} | max_tokens"
      })
  void what_is_wrong_is_named(String body, String param) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> Conversations.read(FACE, body))
        .satisfies(e -> assertThat(e.error().param()).isEqualTo(param));
  }

  @Test
  void a_whole_reply() {
    assertThat(Conversations.written(new TextCompletionWriter(REPLY, false, false), EVENTS))
        .isEqualTo(
            "{\"id\":\"cmpl-req-1\",\"object\":\"text_completion\",\"created\":1700000000,"
                + "\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\"once upon\","
                + "\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":{"
                + "\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0}}}");
  }

  @Test
  void a_stream() {
    String head =
        "data: {\"id\":\"cmpl-req-1\",\"object\":\"text_completion\",\"created\":1700000000,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":";

    assertThat(Conversations.written(new TextCompletionWriter(REPLY, true, false), EVENTS))
        .isEqualTo(
            head
                + "\"once \",\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                + head
                + "\"upon\",\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                + head
                + "\"\",\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\n"
                + "data: [DONE]\n\n");
  }
}
