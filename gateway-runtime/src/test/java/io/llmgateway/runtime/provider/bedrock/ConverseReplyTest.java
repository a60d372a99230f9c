package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_3;
import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_4_5;
import static io.llmgateway.runtime.provider.bedrock.Replies.HI;
import static io.llmgateway.runtime.provider.bedrock.Replies.REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Converse's replies. */
class ConverseReplyTest {
  private static final String EVERYTHING =
      """
      {"metrics":{"latencyMs":987},
       "output":{"message":{"role":"assistant","content":[
         {"reasoningContent":{"reasoningText":{"text":"Hmm","signature":"c2ln"}}},
         {"reasoningContent":{"redactedContent":"ZGF0YQ=="}},
         {"text":"Hello"},
         {"citationsContent":{
           "citations":[{"title":"Doc","sourceContent":[{"text":"gr"},{"text":"eet"}],
             "location":{"documentChar":{"documentIndex":1,"start":5,"end":10}}}],
           "content":[{"text":"You greet."}]}},
         {"toolUse":{"input":{"city":"Paris","n":[1,2.5e3]},"name":"weather","toolUseId":"tooluse_1"}},
         {"toolUse":{"name":"now","toolUseId":"tooluse_2","input":{}}}]}},
       "stopReason":"tool_use",
       "usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15,"cacheReadInputTokens":0,"cacheWriteInputTokens":40}}
      """;

  private static final List<ChatEvent> ALL_EVENTS =
      List.of(
          new ChatEvent.Started(null, null),
          new ChatEvent.Thinking(0, "Hmm"),
          new ChatEvent.ThinkingSignature(0, "c2ln"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.RedactedThinking(0, "ZGF0YQ=="),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Text(0, "Hello"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Text(0, "You greet."),
          new ChatEvent.Citation(
              0,
              RawJson.of(
                  "{\"type\":\"char_location\",\"cited_text\":\"greet\",\"document_index\":1,"
                      + "\"document_title\":\"Doc\",\"start_char_index\":5,\"end_char_index\":10}")),
          new ChatEvent.PartEnded(0),
          new ChatEvent.ToolCall(0, 0, "tooluse_1", "weather", null),
          new ChatEvent.ToolArguments(0, 0, "{\"city\":\"Paris\",\"n\":[1,2.5e3]}"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.ToolCall(0, 1, "tooluse_2", "now", null),
          new ChatEvent.ToolArguments(0, 1, "{}"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Used(new Usage(50, 5, 0, 40, 0, 0)),
          new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));

  @Test
  void everything() {
    assertThat(Replies.whole(CLAUDE_4_5, REQUEST, EVERYTHING.getBytes(UTF_8)))
        .isEqualTo(ALL_EVENTS);
  }

  @Test
  void wherePacketsAreCutMakesNoDifference() {
    byte[] bytes = EVERYTHING.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at++) {
      assertThat(
              Replies.whole(
                  CLAUDE_4_5,
                  REQUEST,
                  Arrays.copyOf(bytes, at),
                  Arrays.copyOfRange(bytes, at, bytes.length)))
          .isEqualTo(ALL_EVENTS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{\"output\":{\"message\":{\"content\":[{\"text\":\"a\"}]}},\"stopRea",
        "{\"output\":{\"message\":{\"content\":[]}}}",
        "{\"stopReason\":\"end_turn\"}"
      })
  void whatIsNoReply(String body) {
    assertThat(Replies.whole(CLAUDE_4_5, REQUEST, body.getBytes(UTF_8)).getLast())
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo("upstream_invalid_response"));
  }

  @Test
  void guardrail() {
    String body =
        """
        {"output":{"message":{"role":"assistant","content":[{"text":"Sorry, not that."}]}},
         "stopReason":"guardrail_intervened",
         "trace":{"guardrail":{"inputAssessment":{"abc":{"topicPolicy":{"topics":[]}}}}},
         "usage":{"inputTokens":0,"outputTokens":0,"totalTokens":0}}
        """;

    assertThat(Replies.whole(CLAUDE_4_5, REQUEST, body.getBytes(UTF_8)))
        .contains(
            new ChatEvent.Text(0, "Sorry, not that."),
            new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null));
  }

  @Test
  void anAnswerByToolIsText() {
    ChatRequest asked =
        Converse.read(
            "{\"model\":\"m\"," + HI + ",\"response_format\":{\"type\":\"json_object\"}}");
    String body =
        """
        {"output":{"message":{"role":"assistant","content":[
           {"toolUse":{"toolUseId":"t1","name":"json_answer","input":{"a": 1}}}]}},
         "stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}}
        """;

    assertThat(Replies.whole(CLAUDE_3, asked, body.getBytes(UTF_8)))
        .contains(
            new ChatEvent.Text(0, "{\"a\": 1}"),
            new ChatEvent.Finished(0, FinishReason.STOP, null));
  }
}
