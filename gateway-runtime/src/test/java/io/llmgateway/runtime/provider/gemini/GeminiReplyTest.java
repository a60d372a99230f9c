package io.llmgateway.runtime.provider.gemini;

import static io.llmgateway.runtime.provider.gemini.Asked.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the events must be, for replies as Google's reference has them. */
class GeminiReplyTest {
  private static final String TEXT_STREAM =
      """
      data: {"candidates": [{"content": {"parts": [{"text": "Hel"}],"role": "model"},"index": 0}],\
      "usageMetadata": {"promptTokenCount": 8,"totalTokenCount": 8},\
      "modelVersion": "gemini-2.5-flash","responseId": "mAitaLmkHPPlz7IPvtfUqQ4"}\r
      \r
      data: {"candidates": [{"content": {"parts": [{"text": "lo — ü"}],"role": "model"},\
      "finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 8,\
      "candidatesTokenCount": 12,"totalTokenCount": 70,"cachedContentTokenCount": 3,\
      "thoughtsTokenCount": 50},"modelVersion": "gemini-2.5-flash",\
      "responseId": "mAitaLmkHPPlz7IPvtfUqQ4"}\r
      \r
      """;

  private static final List<ChatEvent> TEXT_EVENTS =
      List.of(
          new ChatEvent.Started("mAitaLmkHPPlz7IPvtfUqQ4", "gemini-2.5-flash"),
          new ChatEvent.Used(new Usage(8, 0, 0, 0)),
          new ChatEvent.Text(0, "Hel"),
          new ChatEvent.Used(new Usage(8, 62, 3, 50)),
          new ChatEvent.Text(0, "lo — ü"),
          new ChatEvent.Finished(0, FinishReason.STOP, null));

  private static final String TOOL_STREAM =
      """
      data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Both cities.",\
      "thought":true}]}}],"responseId":"r","modelVersion":"gemini-3.5-flash"}

      data: {"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"weather",\
      "args":{"city": "Paris \\" {"},"id":"p3xk"},"thoughtSignature":"U2lnQQ=="},\
      {"functionCall":{"name":"weather","args":{"city":"London"}, "id":"p3xl"}},\
      {"functionCall":{"name":"now","id":"p3xm"}}]},"finishReason":"STOP"}],\
      "usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":10,\
      "toolUsePromptTokenCount":4},"responseId":"r","modelVersion":"gemini-3.5-flash"}

      """;

  private static final List<ChatEvent> TOOL_EVENTS =
      List.of(
          new ChatEvent.Started("r", "gemini-3.5-flash"),
          new ChatEvent.Thinking(0, "Both cities."),
          new ChatEvent.Used(new Usage(24, 10, 0, 0)),
          new ChatEvent.ToolCall(0, 0, "p3xk", "weather", "U2lnQQ=="),
          new ChatEvent.ToolArguments(0, 0, "{\"city\":\"Paris \\\" {\"}"),
          new ChatEvent.ToolCall(0, 1, "p3xl", "weather", null),
          new ChatEvent.ToolArguments(0, 1, "{\"city\":\"London\"}"),
          new ChatEvent.ToolCall(0, 2, "p3xm", "now", null),
          new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));

  @Test
  void streamsText() {
    assertThat(stream(TEXT_STREAM)).isEqualTo(TEXT_EVENTS);
  }

  @Test
  void streamsThinkingAndParallelCalls() {
    assertThat(stream(TOOL_STREAM)).isEqualTo(TOOL_EVENTS);
  }

  @Test
  void everySplitIntoPacketsGivesTheSameEvents() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      boolean tools = random.nextBoolean();
      byte[] bytes = (tools ? TOOL_STREAM : TEXT_STREAM).getBytes(UTF_8);
      assertThat(read("text/event-stream; charset=utf-8", split(bytes, random)))
          .isEqualTo(tools ? TOOL_EVENTS : TEXT_EVENTS);
    }
  }

  private static List<byte[]> split(byte[] bytes, Random random) {
    List<byte[]> packets = new ArrayList<>();
    int most = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
      packets.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    if (random.nextBoolean()) {
      packets.add(new byte[0]);
    }
    return packets;
  }

  static Stream<ReplyCase> wholes() {
    return ReplyCase.all();
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void readsWholeReplies(ReplyCase whole) {
    assertThat(whole(whole.json())).isEqualTo(whole.events());
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void readsTheSameAsAStream(ReplyCase whole) {
    assertThat(stream("data: " + whole.json().replace("\n", "") + "\n\n"))
        .isEqualTo(whole.events());
  }

  @Test
  void makesIdsForCallsThatHaveNone() {
    List<ChatEvent> events =
        whole(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}},"
                + "{\"functionCall\":{\"name\":\"f\"}}]},\"finishReason\":\"STOP\"}]}");
    List<String> ids =
        events.stream()
            .filter(ChatEvent.ToolCall.class::isInstance)
            .map(event -> ((ChatEvent.ToolCall) event).id())
            .toList();
    assertThat(ids).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.matches("[\\w-]{8,40}"));
  }

  record Broken(String what, String type, String body, String code, int status) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Broken> broken() {
    String sse = "text/event-stream";
    String json = "application/json";
    String first = TEXT_STREAM.substring(0, TEXT_STREAM.indexOf("data: {", 10));
    return Stream.of(
        new Broken("a cut stream", sse, first, "upstream_stream_broken", 502),
        new Broken("an empty stream", sse, "", "upstream_invalid_response", 502),
        new Broken("a cut event", sse, first + "data: {\"cand", "upstream_invalid_response", 502),
        new Broken("garbage", sse, first + "data: <html>\n\n", "upstream_invalid_response", 502),
        new Broken(
            "overload in mid-stream",
            sse,
            first
                + "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\","
                + "\"status\":\"UNAVAILABLE\"}}\n\n",
            "upstream_error",
            503),
        new Broken(
            "an expired key in mid-stream",
            sse,
            first + "data: {\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\"}}\n\n",
            "upstream_authentication_failed",
            502),
        new Broken("an empty reply", json, "", "upstream_invalid_response", 502),
        new Broken("no candidate", json, "{}", "upstream_invalid_response", 502),
        new Broken("no end", json, "{\"candidates\":[{}]}", "upstream_stream_broken", 502),
        new Broken("a cut reply", json, "{\"candidates\":[", "upstream_invalid_response", 502),
        new Broken("two replies", json, "{}{}", "upstream_invalid_response", 502),
        new Broken(
            "a malformed call",
            json,
            "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\","
                + "\"finishMessage\":\"Malformed function call: print(\"}]}",
            "upstream_invalid_response",
            502),
        new Broken(
            "an image",
            json,
            "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"aQ==\"}}]},"
                + "\"finishReason\":\"STOP\"}]}",
            "upstream_invalid_response",
            502));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatCannotBeRightFails(Broken broken) {
    List<ChatEvent> events = read(broken.type(), List.of(broken.body().getBytes(UTF_8)));
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Failed.class);
    ApiError error = ((ChatEvent.Failed) events.getLast()).error();
    assertThat(error.code()).isEqualTo(broken.code());
    assertThat(error.status()).isEqualTo(broken.status());
    assertThat(events.stream().filter(ChatEvent.Failed.class::isInstance)).hasSize(1);
  }

  @Test
  void anythingAtAllGivesEventsAndNoException() {
    Random random = new Random(11);
    byte[] stream = TOOL_STREAM.getBytes(UTF_8);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = stream.clone();
      for (int j = 1 + random.nextInt(4); j > 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(read("text/event-stream", split(bytes, random))).isNotEmpty();
    }
  }

  private static List<ChatEvent> whole(String json) {
    return read("application/json; charset=UTF-8", List.of(json.getBytes(UTF_8)));
  }

  private static List<ChatEvent> stream(String events) {
    return read("text/event-stream", List.of(events.getBytes(UTF_8)));
  }

  private static List<ChatEvent> read(String type, List<byte[]> packets) {
    ChatProtocol.Reader reader =
        new GeminiProtocol(new GoogleApi.Gemini(), "gemini", "AIza-secret")
            .reader(
                user("x").build(),
                new DefaultHttpHeaders().set("content-type", type),
                PooledByteBufAllocator.DEFAULT);
    List<ChatEvent> events = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      ByteBuf packet = Unpooled.wrappedBuffer(packets.get(i));
      reader.read(packet, i == packets.size() - 1, events::add);
      assertThat(packet.isReadable()).isFalse();
    }
    reader.release();
    return events;
  }
}
