package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.face.openai.ChatCompletions;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
  private static final AnthropicProtocol PROTOCOL =
      new AnthropicProtocol(
          new Backend(
              "claude",
              1,
              new ProviderConfig.Anthropic(URI.create("https://api.anthropic.com"), null),
              null,
              "sk-ant-secret"));
  private static final Usage USAGE = new Usage(22, 20, 5, 4, 3, 6);

  @Test
  void aWholeReplyIsToldInOrder() {
    assertThat(read("application/json", Replies.WHOLE, "{}"))
        .containsExactly(
            new ChatEvent.Started("msg_01", "claude-opus-4-7"),
            new ChatEvent.Thinking(0, "Hm"),
            new ChatEvent.ThinkingSignature(0, "EqQB"),
            new ChatEvent.PartEnded(0),
            new ChatEvent.RedactedThinking(0, "EmwK"),
            new ChatEvent.PartEnded(0),
            new ChatEvent.Text(0, "It is sunny."),
            new ChatEvent.Citation(
                0,
                RawJson.of(
                    Replies.WHOLE.substring(
                        Replies.WHOLE.indexOf("{\"type\":\"char_location\""),
                        Replies.WHOLE.indexOf("}]}", 200) + 1))),
            new ChatEvent.PartEnded(0),
            new ChatEvent.PartEnded(0),
            new ChatEvent.ToolCall(0, 0, "toolu_1", "weather", null),
            new ChatEvent.ToolArguments(0, 0, "{\"city\": \"Köln\"}"),
            new ChatEvent.PartEnded(0),
            new ChatEvent.ToolCall(0, 1, "toolu_2", "now", null),
            new ChatEvent.PartEnded(0),
            new ChatEvent.Used(USAGE),
            new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
  }

  private static final List<ChatEvent> STREAMED =
      List.of(
          new ChatEvent.Started("msg_01", "claude-opus-4-7"),
          new ChatEvent.Used(new Usage(22, 1, 5, 4, 3, 0)),
          new ChatEvent.Thinking(0, "H"),
          new ChatEvent.Thinking(0, "m"),
          new ChatEvent.ThinkingSignature(0, "EqQB"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.RedactedThinking(0, "EmwK"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Text(0, "Es ist schön 🌞"),
          new ChatEvent.Citation(
              0, RawJson.of("{\"type\":\"char_location\",\"cited_text\":\"x\"}")),
          new ChatEvent.PartEnded(0),
          new ChatEvent.ToolCall(0, 0, "toolu_1", "weather", null),
          new ChatEvent.ToolArguments(0, 0, "{\"city\": \"Kö"),
          new ChatEvent.ToolArguments(0, 0, "ln\"}"),
          new ChatEvent.PartEnded(0),
          new ChatEvent.ToolCall(0, 1, "toolu_2", "now", null),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Used(USAGE),
          new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));

  @Test
  void aStreamIsToldInOrderHoweverThePacketsFall() {
    byte[] stream = Replies.STREAM.getBytes(UTF_8);
    assertThat(read(List.of(stream), "{}")).isEqualTo(STREAMED);
    for (int seed = 0; seed < 300; seed++) {
      List<byte[]> packets = cut(stream, new Random(seed));
      assertThat(read(packets, "{}")).as("seed %s", seed).isEqualTo(STREAMED);
    }
    byte[] dos = Replies.STREAM.replace("\n", "\r\n").getBytes(UTF_8);
    assertThat(read(cut(dos, new Random(1)), "{}")).isEqualTo(STREAMED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "end_turn, -, STOP",
        "stop_sequence, END, STOP",
        "max_tokens, -, MAX_TOKENS",
        "pause_turn, -, PAUSE",
        "refusal, -, CONTENT_FILTER",
        "model_context_window_exceeded, -, CONTEXT_WINDOW",
        "something_new, -, STOP",
      })
  void reasonsToStop(String said, String sequence, FinishReason reason) {
    String stop =
        "\"stop_reason\":\"%s\",\"stop_sequence\":%s"
            .formatted(said, sequence == null ? "null" : "\"" + sequence + "\"");
    ChatEvent.Finished finished = new ChatEvent.Finished(0, reason, sequence);
    assertThat(read("application/json", "{\"id\":\"x\",\"content\":[]," + stop + "}", "{}"))
        .endsWith(finished);
    String stream =
        start("{}")
            + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{"
            + stop
            + "}}\n\n";
    assertThat(read("text/event-stream; charset=utf-8", stream, "{}")).endsWith(finished);
  }

  @Test
  void aRefusalSaysWhy() {
    String reply =
        """
        {"id":"x","content":[],"stop_reason":"refusal","stop_sequence":null,
         "stop_details":{"type":"refusal","category":"bio","explanation":"Not that."}}""";
    assertThat(read("application/json", reply, "{}"))
        .containsExactly(
            new ChatEvent.Started("x", null),
            new ChatEvent.Refusal(0, "Not that."),
            new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null));
  }

  @Test
  void jsonModesToolIsTheAnswer() {
    String asked = "{\"type\":\"json_object\"}";
    String reply =
        """
        {"id":"x","content":[{"type":"tool_use","id":"t","name":"json_answer","input":{"a": 1}}],
         "stop_reason":"tool_use","stop_sequence":null}""";
    assertThat(read("application/json", reply, asked))
        .containsExactly(
            new ChatEvent.Started("x", null),
            new ChatEvent.Text(0, "{\"a\": 1}"),
            new ChatEvent.PartEnded(0),
            new ChatEvent.Finished(0, FinishReason.STOP, null));
  }

  @Test
  void anErrorInTheStreamEndsIt() {
    List<ChatEvent> events =
        read("text/event-stream", Replies.begun() + Replies.OVERLOADED + Replies.begun(), "{}");
    assertThat(events).contains(new ChatEvent.Text(0, "Es ist schön 🌞"));
    ApiError error = failed(events);
    assertThat(error.status()).isEqualTo(529);
    assertThat(error.message()).isEqualTo("Overloaded");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 400, 700, 1200})
  void aStreamCutAnywhereFails(int length) {
    byte[] cut = Arrays.copyOf(Replies.STREAM.getBytes(UTF_8), length);
    ApiError error = failed(read(List.of(cut), "{}"));
    assertThat(error.status()).isEqualTo(502);
    assertThat(error.code()).isIn("upstream_stream_broken", "upstream_invalid_response");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: message_start\ndata: {\"type\":\"message_start\",\n\n",
        "event: message_start\ndata: [1]\n\n",
        "event: message_start\ndata: garbage\n\n",
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            + "\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}\n\n",
      })
  void corruptedEventsFail(String stream) {
    ApiError error = failed(read("text/event-stream", stream, "{}"));
    assertThat(error.code()).isEqualTo("upstream_invalid_response");
    assertThat(error.message()).startsWith("The backend 'claude' sent ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "[]", "{\"content\":[", "{\"id\":\"x\"}", "{} {}"})
  void corruptedRepliesFail(String reply) {
    assertThat(failed(read("application/json", reply, "{}")).code())
        .isEqualTo("upstream_invalid_response");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "400|invalid_request_error|messages: too few|400|upstream_error",
        "400|invalid_request_error|prompt is too long: 300000 tokens > 200000 maximum|400|context_length_exceeded",
        "400|invalid_request_error|Output blocked by content filtering policy|400|content_filter",
        "401|authentication_error|invalid x-api-key|502|upstream_authentication_failed",
        "403|permission_error|no|502|upstream_authentication_failed",
        "402|billing_error|Your credit is used up|502|upstream_error",
        "404|not_found_error|model: claude-x|404|upstream_error",
        "413|request_too_large|Request exceeds the maximum size|413|upstream_error",
        "429|rate_limit_error|This request would exceed|429|upstream_error",
        "500|api_error|Internal server error|500|upstream_error",
        "504|timeout_error|Timed out|504|upstream_error",
        "529|overloaded_error|Overloaded|529|upstream_error",
      })
  void errorsKeepTheirStatusAndWords(
      int status, String type, String message, int told, String code) {
    ApiError whole = failure(status, Replies.error(type, message));
    assertThat(whole.status()).isEqualTo(told);
    assertThat(whole.code()).isEqualTo(code);
    if (!code.equals("upstream_authentication_failed")) {
      assertThat(whole.message()).isEqualTo(message);
    }
    ApiError streamed =
        failed(
            read(
                "text/event-stream",
                start("{}") + "event: error\ndata: " + Replies.error(type, message) + "\n\n",
                "{}"));
    assertThat(streamed).isEqualTo(whole);
  }

  @Test
  void errorsThatAreNoneOfTheApisAreExplained() {
    assertThat(failure(502, "<html>Bad gateway</html>").message())
        .isEqualTo("The backend 'claude' answered with status 502.");
    assertThat(failure(302, "").code()).isEqualTo("upstream_invalid_response");
    assertThat(failure(400, Replies.error("x", "key sk-ant-secret is bad")).message())
        .isEqualTo("key *** is bad");
    assertThat(failure(418, Replies.error("x", "teapot")).status()).isEqualTo(400);
  }

  private static String start(String usage) {
    return "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"x\","
        + "\"usage\":"
        + usage
        + "}}\n\n";
  }

  private static ApiError failure(int status, String body) {
    ByteBuf bytes = Unpooled.copiedBuffer(body, UTF_8);
    return PROTOCOL.failure(status, new DefaultHttpHeaders(), bytes);
  }

  private static ApiError failed(List<ChatEvent> events) {
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Failed.class);
    return ((ChatEvent.Failed) events.getLast()).error();
  }

  private static List<byte[]> cut(byte[] whole, Random random) {
    List<byte[]> packets = new ArrayList<>();
    int at = 0;
    while (at < whole.length) {
      int end = Math.min(whole.length, at + 1 + random.nextInt(1 + random.nextInt(200)));
      packets.add(Arrays.copyOfRange(whole, at, end));
      at = end;
    }
    return packets;
  }

  private static List<ChatEvent> read(List<byte[]> packets, String format) {
    return read("text/event-stream", packets, format);
  }

  private static List<ChatEvent> read(String contentType, String reply, String format) {
    return read(contentType, List.of(reply.getBytes(UTF_8)), format);
  }

  private static List<ChatEvent> read(String contentType, List<byte[]> packets, String format) {
    String asked =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
            + (format.equals("{}") ? "" : ",\"response_format\":" + format)
            + "}";
    HttpHeaders head = new DefaultHttpHeaders().set("content-type", contentType);
    ChatProtocol.Reader reader =
        PROTOCOL.reader(
            new ChatCompletions().read(Unpooled.copiedBuffer(asked, UTF_8)),
            head,
            UnpooledByteBufAllocator.DEFAULT);
    List<ChatEvent> events = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      reader.read(Unpooled.wrappedBuffer(packets.get(i)), i == packets.size() - 1, events::add);
    }
    reader.release();
    return events;
  }
}
