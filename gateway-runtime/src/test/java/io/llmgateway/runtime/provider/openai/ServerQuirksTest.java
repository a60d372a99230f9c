package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.Conversations;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replies as servers of OpenAI's API really send them. */
class ServerQuirksTest {
  private static final Backend BACKEND =
      new Backend(
          "b", 1, new ProviderConfig.OpenAi("ollama", URI.create("http://h/v1"), null), null, null);

  private static List<ChatEvent> stream(String... choices) {
    StringBuilder stream = new StringBuilder();
    for (String choice : choices) {
      stream
          .append("data: {\"id\":\"chatcmpl-904\",\"model\":\"qwen3\",\"choices\":[")
          .append(choice)
          .append("]}\n\n");
    }
    return read(stream.append("data: [DONE]\n\n").toString(), true);
  }

  private static List<ChatEvent> read(String reply, boolean events) {
    ChatReplyReader reader = new ChatReplyReader(BACKEND, events, ByteBufAllocator.DEFAULT);
    return Conversations.events(reader, reply.getBytes(UTF_8), 40, new Random(3));
  }

  private static String delta(String delta) {
    return "{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":null}";
  }

  private static String calls(String calls) {
    return delta("\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[" + calls + "]");
  }

  private static final String STOP = "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}";

  @Test
  void callsThatAllClaimToBeTheFirstAreToldApartByTheirIds() {
    assertThat(
            stream(
                calls(
                    "{\"id\":\"call_a\",\"index\":0,\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{\\\"n\\\":1}\"}}"),
                calls(
                    "{\"id\":\"call_b\",\"index\":0,\"type\":\"function\",\"function\":"
                        + "{\"name\":\"g\",\"arguments\":\"{\\\"n\\\":2}\"}}"),
                STOP))
        .containsExactly(
            new ChatEvent.Started("chatcmpl-904", "qwen3"),
            new ChatEvent.ToolCall(0, 0, "call_a", "f", null),
            new ChatEvent.ToolArguments(0, 0, "{\"n\":1}"),
            new ChatEvent.ToolCall(0, 1, "call_b", "g", null),
            new ChatEvent.ToolArguments(0, 1, "{\"n\":2}"),
            new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
  }

  @Test
  void aCallWhoseIdIsRepeatedInEveryPieceIsOne() {
    assertThat(
            stream(
                calls(
                    "{\"id\":\"c1\",\"index\":0,\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{\\\"n\\\"\"}}"),
                calls(
                    "{\"id\":\"c1\",\"index\":0,\"function\":{\"name\":\"f\","
                        + "\"arguments\":\":1}\"}}"),
                STOP))
        .containsExactly(
            new ChatEvent.Started("chatcmpl-904", "qwen3"),
            new ChatEvent.ToolCall(0, 0, "c1", "f", null),
            new ChatEvent.ToolArguments(0, 0, "{\"n\":1}"),
            new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
  }

  @Test
  void callsWithoutIdsGetSomeThatNoOtherReplyHas() {
    String call = "{\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":{\"n\":1}}}";
    String reply =
        "{\"id\":\"%s\",\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":["
            + call
            + ","
            + call
            + "]},\"finish_reason\":\"stop\"}]}";

    List<ChatEvent> events = read(reply.formatted("chatcmpl-0123456789abcdef0123456789"), false);

    assertThat(events)
        .contains(
            new ChatEvent.ToolCall(0, 0, "call_23456789abcdef0123456789_0_0", "f", null),
            new ChatEvent.ToolCall(0, 1, "call_23456789abcdef0123456789_0_1", "f", null),
            new ChatEvent.ToolArguments(0, 1, "{\"n\":1}"))
        .endsWith(new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
    assertThat(read(reply.formatted("chatcmpl-1"), false))
        .doesNotContainAnyElementsOf(
            events.stream().filter(ChatEvent.ToolCall.class::isInstance).toList());
    assertThat(read(reply.formatted(""), false))
        .filteredOn(ChatEvent.ToolCall.class::isInstance)
        .allSatisfy(
            e -> assertThat(((ChatEvent.ToolCall) e).id()).matches("call_[0-9a-f]+_0_[01]"));
  }

  @Test
  void thinkingHasTwoNamesAndSomeSayItUnderBoth() {
    assertThat(
            stream(
                delta("\"reasoning_content\":\"a\""),
                delta("\"reasoning\":\"b\""),
                delta("\"reasoning\":\"c\",\"content\":null,\"reasoning_content\":\"c\""),
                STOP))
        .containsExactly(
            new ChatEvent.Started("chatcmpl-904", "qwen3"),
            new ChatEvent.Thinking(0, "a"),
            new ChatEvent.Thinking(0, "b"),
            new ChatEvent.Thinking(0, "c"),
            new ChatEvent.Finished(0, FinishReason.STOP, null));
  }

  @Test
  void aStreamMayLackItsUsageAndItsFinishReason() {
    assertThat(stream(delta("\"content\":\"Hi\"")))
        .containsExactly(
            new ChatEvent.Started("chatcmpl-904", "qwen3"),
            new ChatEvent.Text(0, "Hi"),
            new ChatEvent.Finished(0, FinishReason.STOP, null));
  }

  @Test
  void azuresFirstChunkHasNoChoices() {
    String stream =
        "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":"
            + "[{\"prompt_index\":0,\"content_filter_results\":{}}]}\n\n"
            + "data: {\"id\":\"c\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":"
            + "{\"content\":\"Hi\"},\"content_filter_results\":{\"hate\":{\"filtered\":false}}}]}"
            + "\n\ndata: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
            + "\"content_filter\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":3}}}\n\n"
            + "data: [DONE]\n\n";

    assertThat(read(stream, true))
        .containsExactly(
            new ChatEvent.Started("c", "gpt-4o"),
            new ChatEvent.Text(0, "Hi"),
            new ChatEvent.Used(new Usage(9, 1, 4, 3, 0, 0)),
            new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null));
  }
}
