package io.llmgateway.runtime.face.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AnthropicReplyTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String USAGE =
      """
      "usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":5,
      "cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":3},
      "output_tokens":20,"output_tokens_details":{"thinking_tokens":6}}""";
  private static final List<ChatEvent> REPLY =
      List.of(
          new ChatEvent.Started("msg_01", "upstreams-name"),
          new ChatEvent.Thinking(0, "H"),
          new ChatEvent.Thinking(0, "m"),
          new ChatEvent.ThinkingSignature(0, "EqQB"),
          new ChatEvent.RedactedThinking(0, "EmwK"),
          new ChatEvent.Text(0, "Say \"hi\""),
          new ChatEvent.Text(0, " 🌞"),
          new ChatEvent.Citation(0, RawJson.of("{\"type\":\"page_location\"}")),
          new ChatEvent.PartEnded(0),
          new ChatEvent.Text(0, "More"),
          new ChatEvent.Text(1, "of another answer"),
          new ChatEvent.ToolCall(0, 0, "t1", "f", null),
          new ChatEvent.ToolArguments(0, 0, "{\"a\":"),
          new ChatEvent.ToolArguments(0, 0, " 1}"),
          new ChatEvent.ToolCall(0, 1, "t2", "g", "CiQB"),
          new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null),
          new ChatEvent.Used(new Usage(22, 20, 5, 4, 3, 6)));

  @Test
  void aWholeReply() {
    assertThat(JSON.readTree(write(false, REPLY)))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":"msg_01","type":"message","role":"assistant","model":"m","content":[
                  {"type":"thinking","thinking":"Hm","signature":"EqQB"},
                  {"type":"redacted_thinking","data":"EmwK"},
                  {"type":"text","text":"Say \\"hi\\" 🌞","citations":[{"type":"page_location"}]},
                  {"type":"text","text":"More"},
                  {"type":"tool_use","id":"t1","name":"f","input":{"a":1}},
                  {"type":"redacted_thinking","data":"tool-signature:CiQB"},
                  {"type":"tool_use","id":"t2","name":"g","input":{}}],
                 "stop_reason":"tool_use","stop_sequence":null,%s}"""
                    .formatted(USAGE)));
  }

  @Test
  void aStream() {
    assertThat(write(true, REPLY).replace("\n\n", "\n"))
        .isEqualTo(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":0}}}
            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
            event: ping
            data: {"type":"ping"}
            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"H"}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"m"}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}
            event: content_block_stop
            data: {"type":"content_block_stop","index":0}
            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"EmwK"}}
            event: content_block_stop
            data: {"type":"content_block_stop","index":1}
            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Say \\"hi\\""}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":" 🌞"}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"page_location"}}}
            event: content_block_stop
            data: {"type":"content_block_stop","index":2}
            event: content_block_start
            data: {"type":"content_block_start","index":3,"content_block":{"type":"text","text":""}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"More"}}
            event: content_block_stop
            data: {"type":"content_block_stop","index":3}
            event: content_block_start
            data: {"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":"}}
            event: content_block_delta
            data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":" 1}"}}
            event: content_block_stop
            data: {"type":"content_block_stop","index":4}
            event: content_block_start
            data: {"type":"content_block_start","index":5,"content_block":{"type":"redacted_thinking","data":"tool-signature:CiQB"}}
            event: content_block_stop
            data: {"type":"content_block_stop","index":5}
            event: content_block_start
            data: {"type":"content_block_start","index":6,"content_block":{"type":"tool_use","id":"t2","name":"g","input":{}}}
            event: content_block_stop
            data: {"type":"content_block_stop","index":6}
            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},%s}
            event: message_stop
            data: {"type":"message_stop"}
            """
                .formatted(USAGE.replace("\n", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, , end_turn",
    "STOP, END, stop_sequence",
    "MAX_TOKENS, , max_tokens",
    "TOOL_CALLS, , tool_use",
    "CONTENT_FILTER, , refusal",
    "PAUSE, , pause_turn",
    "CONTEXT_WINDOW, , model_context_window_exceeded",
  })
  void reasonsToStop(FinishReason reason, String sequence, String said) {
    List<ChatEvent> reply =
        List.of(new ChatEvent.Started(null, null), new ChatEvent.Finished(0, reason, sequence));
    var whole = JSON.readTree(write(false, reply));
    assertThat(whole.path("stop_reason").asString()).isEqualTo(said);
    assertThat(whole.path("stop_sequence").asString(null)).isEqualTo(sequence);
    assertThat(whole.path("id").asString()).isEqualTo("msg_req_1");
    assertThat(write(true, reply)).contains("\"stop_reason\":\"" + said + "\"");
  }

  @Test
  void argumentsThatAreNoObjectAreSaidToBeNone() {
    List<ChatEvent> reply =
        List.of(
            new ChatEvent.ToolCall(0, 0, "t1", "f", null),
            new ChatEvent.ToolArguments(0, 0, "{\"a\": \"cut o"));
    assertThat(JSON.readTree(write(false, reply)).at("/content/0/input/INVALID_JSON").asString())
        .isEqualTo("{\"a\": \"cut o");
  }

  @Test
  void aBrokenStreamEndsWithAnErrorEvent() {
    ByteBuf out = Unpooled.buffer();
    ChatFace.Writer writer = writer(true);
    writer.write(new ChatEvent.Text(0, "x"), out);
    out.clear();
    writer.fail(UpstreamErrors.said(529, "Overloaded"), out);
    assertThat(out.toString(UTF_8).strip())
        .isEqualTo(
            """
            event: error
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded","code":"upstream_error"}}""");
  }

  private static ChatFace.Writer writer(boolean stream) {
    String body =
        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + "\"stream\":"
            + stream
            + "}";
    ChatRequest request = AnthropicFace.messages().read(Unpooled.copiedBuffer(body, UTF_8));
    return AnthropicFace.messages().writer(request, new ChatFace.Reply("req_1", "m", 0));
  }

  private static String write(boolean stream, List<ChatEvent> events) {
    ChatFace.Writer writer = writer(stream);
    assertThat(writer.contentType()).startsWith(stream ? "text/event-stream" : "application/json");
    ByteBuf out = Unpooled.buffer();
    events.forEach(event -> writer.write(event, out));
    writer.end(out);
    return out.toString(UTF_8);
  }
}
