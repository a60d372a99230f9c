package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_3;
import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_4_5;
import static io.llmgateway.runtime.provider.bedrock.Replies.HI;
import static io.llmgateway.runtime.provider.bedrock.Replies.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ConverseStream's events, as its reference and its real streams have them. */
class ConverseStreamTest {
  private static final String METADATA =
      "{\"metrics\":{\"latencyMs\":1250},\"p\":\"abcdefghijk\",\"usage\":{\"inputTokens\":20,"
          + "\"outputTokens\":30,\"totalTokens\":1050,\"cacheReadInputTokens\":700,"
          + "\"cacheWriteInputTokens\":300,\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":200},"
          + "{\"ttl\":\"5m\",\"inputTokens\":100}]}}";

  private static final byte[] EVERYTHING =
      new Frames()
          .with("messageStart", "{\"p\":\"abcd\",\"role\":\"assistant\"}")
          .with(
              "contentBlockDelta",
              "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Hmm, \"}},\"p\":\"ab\"}")
          .with(
              "contentBlockDelta",
              "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"c2ln\"}}}")
          .with("contentBlockStop", "{\"contentBlockIndex\":0}")
          .with(
              "contentBlockDelta",
              "{\"contentBlockIndex\":1,\"delta\":{\"reasoningContent\":{\"redactedContent\":\"ZGF0YQ==\"}}}")
          .with("contentBlockStop", "{\"contentBlockIndex\":1}")
          .with(
              "contentBlockDelta",
              "{\"contentBlockIndex\":2,\"delta\":{\"text\":\"Grüße \\ud83d\\ude00\"},\"p\":\"abc\"}")
          .with(
              "contentBlockDelta",
              "{\"contentBlockIndex\":2,\"delta\":{\"citation\":{\"title\":\"Doc\",\"sourceContent\":"
                  + "[{\"text\":\"greet\"}],\"location\":{\"documentPage\":{\"documentIndex\":0,"
                  + "\"start\":3,\"end\":4}}}}}")
          .with("contentBlockStop", "{\"contentBlockIndex\":2}")
          .with(
              "contentBlockStart",
              "{\"contentBlockIndex\":3,\"start\":{\"toolUse\":{\"name\":\"weather\",\"toolUseId\":\"tooluse_1\"}}}")
          .with(
              "contentBlockDelta",
              "{\"contentBlockIndex\":3,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}}")
          .with(
              "contentBlockDelta",
              "{\"contentBlockIndex\":3,\"delta\":{\"toolUse\":{\"input\":\"\\\"Paris\\\"}\"}}}")
          .with("contentBlockStop", "{\"contentBlockIndex\":3}")
          .with(
              "contentBlockStart",
              "{\"contentBlockIndex\":4,\"start\":{\"toolUse\":{\"name\":\"now\",\"toolUseId\":\"tooluse_2\"}}}")
          .with("contentBlockStop", "{\"contentBlockIndex\":4}")
          .with("somethingNew", "{\"a\":1}")
          .with("messageStop", "{\"p\":\"a\",\"stopReason\":\"tool_use\"}")
          .with("metadata", METADATA)
          .bytes();

  private static final List<ChatEvent> ALL_EVENTS =
      List.of(
          new ChatEvent.Started(null, null),
          new ChatEvent.Thinking(0, "Hmm, "),
          new ChatEvent.ThinkingSignature(0, "c2ln"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.RedactedThinking(0, "ZGF0YQ=="),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Text(0, "Grüße 😀"),
          new ChatEvent.Citation(
              0,
              RawJson.of(
                  "{\"type\":\"page_location\",\"cited_text\":\"greet\",\"document_index\":0,"
                      + "\"document_title\":\"Doc\",\"start_page_number\":3,\"end_page_number\":4}")),
          new ChatEvent.PartEnded(0),
          new ChatEvent.ToolCall(0, 0, "tooluse_1", "weather", null),
          new ChatEvent.ToolArguments(0, 0, "{\"city\":"),
          new ChatEvent.ToolArguments(0, 0, "\"Paris\"}"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.ToolCall(0, 1, "tooluse_2", "now", null),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null),
          new ChatEvent.Used(new Usage(1020, 30, 700, 100, 200, 0)));

  @Test
  void everything() {
    assertThat(Replies.stream(CLAUDE_4_5, REQUEST, EVERYTHING)).isEqualTo(ALL_EVENTS);
  }

  @Test
  void wherePacketsAreCutMakesNoDifference() {
    for (int at = 1; at < EVERYTHING.length; at += 2) {
      assertThat(
              Replies.stream(
                  CLAUDE_4_5,
                  REQUEST,
                  Arrays.copyOf(EVERYTHING, at),
                  Arrays.copyOfRange(EVERYTHING, at, EVERYTHING.length)))
          .as("cut at %s", at)
          .isEqualTo(ALL_EVENTS);
    }
    Random random = new Random(7);
    for (int run = 0; run < 150; run++) {
      int most = 1 + random.nextInt(run % 3 == 0 ? 3 : 200);
      List<byte[]> packets = new ArrayList<>();
      for (int from = 0; from < EVERYTHING.length; ) {
        int to = Math.min(EVERYTHING.length, from + 1 + random.nextInt(most));
        packets.add(Arrays.copyOfRange(EVERYTHING, from, to));
        from = to;
      }
      assertThat(Replies.stream(CLAUDE_4_5, REQUEST, packets.toArray(byte[][]::new)))
          .as("run %s", run)
          .isEqualTo(ALL_EVENTS);
    }
  }

  /** None of these may pass for an answer. */
  @Test
  void aStreamThatIsCutAnywhereBeforeItsEndFails() {
    int end = EVERYTHING.length - Frames.event("metadata", METADATA).length;
    for (int at = 0; at < EVERYTHING.length; at += at < end ? Math.min(7, end - at) : 7) {
      List<ChatEvent> events =
          Replies.stream(CLAUDE_4_5, REQUEST, Arrays.copyOf(EVERYTHING, at), new byte[0]);
      if (at == end) {
        assertThat(events.getLast()).isInstanceOf(ChatEvent.Finished.class);
      } else {
        assertThat(failure(events)).as("cut at %s", at).isEqualTo("upstream_stream_broken");
      }
    }
  }

  @Test
  void aDamagedByteIsNoticed() {
    for (int at = 0; at < EVERYTHING.length; at += 5) {
      byte[] damaged = EVERYTHING.clone();
      damaged[at] ^= 0x10;
      List<ChatEvent> events = Replies.stream(CLAUDE_4_5, REQUEST, damaged);
      assertThat(failure(events)).as("damaged at %s", at).isEqualTo("upstream_invalid_response");
      int told = events.size() - 1;
      assertThat(events.subList(0, told)).isEqualTo(ALL_EVENTS.subList(0, told));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "[1]", "{\"delta\":", ""})
  void anEventThatIsNoJsonObject(String payload) {
    byte[] bytes = new Frames().with("contentBlockDelta", payload).bytes();

    assertThat(failure(Replies.stream(CLAUDE_4_5, REQUEST, bytes)))
        .isEqualTo("upstream_invalid_response");
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,STOP",
    "stop_sequence,STOP",
    "max_tokens,MAX_TOKENS",
    "guardrail_intervened,CONTENT_FILTER",
    "content_filtered,CONTENT_FILTER",
    "model_context_window_exceeded,CONTEXT_WINDOW",
    "something_new,STOP"
  })
  void endings(String reason, FinishReason finish) {
    assertThat(Replies.stream(CLAUDE_4_5, REQUEST, answer(reason)))
        .contains(new ChatEvent.Finished(0, finish, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"malformed_model_output", "malformed_tool_use"})
  void anAnswerThatBedrockCallsMalformedFailsAndCosts(String reason) {
    List<ChatEvent> events = Replies.stream(CLAUDE_4_5, REQUEST, answer(reason));

    assertThat(events).contains(new ChatEvent.Used(new Usage(1020, 30, 700, 100, 200, 0)));
    assertThat(failure(events)).isEqualTo("upstream_invalid_response");
  }

  private static byte[] answer(String reason) {
    return new Frames()
        .with("messageStart", "{\"role\":\"assistant\"}")
        .with("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"}}")
        .with("contentBlockStop", "{\"contentBlockIndex\":0}")
        .with("messageStop", "{\"stopReason\":\"" + reason + "\"}")
        .with("metadata", METADATA)
        .bytes();
  }

  @Test
  void theStopSequenceIsTold() {
    byte[] bytes =
        new Frames()
            .with("messageStart", "{\"role\":\"assistant\"}")
            .with(
                "messageStop",
                "{\"additionalModelResponseFields\":{\"stop_sequence\":\"END\"},\"stopReason\":\"stop_sequence\"}")
            .bytes();

    assertThat(Replies.stream(CLAUDE_4_5, REQUEST, bytes))
        .contains(new ChatEvent.Finished(0, FinishReason.STOP, "END"));
  }

  @Test
  void anAnswerByToolIsText() {
    ChatRequest asked =
        Converse.read(
            "{\"model\":\"m\"," + HI + ",\"response_format\":{\"type\":\"json_object\"}}");
    byte[] bytes =
        new Frames()
            .with("messageStart", "{\"role\":\"assistant\"}")
            .with(
                "contentBlockStart",
                "{\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"name\":\"json_answer\",\"toolUseId\":\"t1\"}}}")
            .with(
                "contentBlockDelta",
                "{\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"{\\\"a\\\":1}\"}}}")
            .with("contentBlockStop", "{\"contentBlockIndex\":0}")
            .with("messageStop", "{\"stopReason\":\"tool_use\"}")
            .bytes();

    assertThat(Replies.stream(CLAUDE_3, asked, bytes))
        .containsExactly(
            new ChatEvent.Started(null, null),
            new ChatEvent.Text(0, "{\"a\":1}"),
            new ChatEvent.PartEnded(0),
            new ChatEvent.Finished(0, FinishReason.STOP, null));
  }

  /** The frames that the reference has for errors, in the middle of an answer. */
  @ParameterizedTest
  @CsvSource({
    "throttlingException,Too many requests,429,upstream_error",
    "internalServerException,Failed,500,upstream_error",
    "serviceUnavailableException,Later,503,upstream_error",
    "modelStreamErrorException,Broke,502,upstream_error",
    "validationException,Wrong,400,upstream_error",
    "validationException,Input is too long for requested model.,400,context_length_exceeded",
    "expiredTokenException,The token expired,502,upstream_authentication_failed",
    "newException,What is it,502,upstream_error"
  })
  void anErrorEndsTheStream(String type, String message, int status, String code) {
    byte[] bytes =
        new Frames()
            .with("messageStart", "{\"role\":\"assistant\"}")
            .with("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"}}")
            .with(Frames.exception(type, "{\"message\":\"" + message + "\"}"))
            .with("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"no\"}}")
            .bytes();

    List<ChatEvent> events = Replies.stream(CLAUDE_4_5, REQUEST, bytes);

    assertThat(events).hasSize(3);
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            failed -> {
              assertThat(failed.error().status()).isEqualTo(status);
              assertThat(failed.error().code()).isEqualTo(code);
              if (!code.equals("upstream_authentication_failed")) {
                assertThat(failed.error().message()).isEqualTo(message);
              }
            });
  }

  @Test
  void anErrorFrame() {
    byte[] bytes =
        Frames.frame(
            new byte[0],
            ":message-type",
            "error",
            ":error-code",
            "InternalFailure",
            ":error-message",
            "It broke");

    assertThat(Replies.stream(CLAUDE_4_5, REQUEST, bytes))
        .singleElement()
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            failed -> assertThat(failed.error().message()).isEqualTo("It broke"));
  }

  private static String failure(List<ChatEvent> events) {
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Failed.class);
    return ((ChatEvent.Failed) events.getLast()).error().code();
  }
}
