package io.llmgateway.runtime.face.responses;

import static io.llmgateway.runtime.face.responses.Written.FACE;
import static io.llmgateway.runtime.face.responses.Written.json;
import static io.llmgateway.runtime.face.responses.Written.stream;
import static io.llmgateway.runtime.face.responses.Written.types;
import static io.llmgateway.runtime.face.responses.Written.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class WritingTest {
  private static final ChatEvent[] HELLO = {
    new ChatEvent.Started("chatcmpl-9", "gpt-x"),
    new ChatEvent.Text(0, "Hi"),
    new ChatEvent.Text(0, " there!"),
    new ChatEvent.Finished(0, FinishReason.STOP, null),
    new ChatEvent.Used(new Usage(37, 11, 5, 2))
  };

  @Test
  void aTextIsStreamedWithTheEventsOfTheDocumentation() {
    List<JsonNode> events = stream(HELLO);

    assertThat(types(events))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    JsonNode created = events.get(0).get("response");
    assertThat(created.get("id").asString()).isEqualTo("resp_chatcmpl-9");
    assertThat(created.get("status").asString()).isEqualTo("in_progress");
    assertThat(created.get("model").asString()).isEqualTo("my-model");
    assertThat(created.get("output")).isEqualTo(json("[]"));
    assertThat(created.get("usage").isNull()).isTrue();
    assertThat(events.get(2))
        .isEqualTo(
            json(
                """
                {"type":"response.output_item.added","sequence_number":2,"output_index":0,
                 "item":{"id":"msg_1_0","type":"message","status":"in_progress","content":[],
                         "role":"assistant"}}
                """));
    assertThat(events.get(3))
        .isEqualTo(
            json(
                """
                {"type":"response.content_part.added","sequence_number":3,"item_id":"msg_1_0",
                 "output_index":0,"content_index":0,
                 "part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}}
                """));
    assertThat(events.get(4))
        .isEqualTo(
            json(
                """
                {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_1_0",
                 "output_index":0,"content_index":0,"delta":"Hi","logprobs":[]}
                """));
    assertThat(events.get(6))
        .isEqualTo(
            json(
                """
                {"type":"response.output_text.done","sequence_number":6,"item_id":"msg_1_0",
                 "output_index":0,"content_index":0,"text":"Hi there!","logprobs":[]}
                """));
    assertThat(events.get(7).get("part"))
        .isEqualTo(
            json(
                """
                {"type":"output_text","annotations":[],"logprobs":[],"text":"Hi there!"}
                """));
    JsonNode completed = events.get(9).get("response");
    assertThat(completed.get("status").asString()).isEqualTo("completed");
    assertThat(completed.get("output").get(0)).isEqualTo(events.get(8).get("item"));
    assertThat(completed.get("usage"))
        .isEqualTo(
            json(
                """
                {"input_tokens":37,"input_tokens_details":{"cached_tokens":5,"cache_write_tokens":0},"output_tokens":11,
                 "output_tokens_details":{"reasoning_tokens":2},"total_tokens":48}
                """));
  }

  @Test
  void aWholeResponseSaysWhatItsStreamWouldHaveSaidAtLast() {
    JsonNode whole = whole(HELLO);

    List<JsonNode> events = stream(HELLO);
    assertThat(whole).isEqualTo(events.getLast().get("response"));
    assertThat(whole)
        .isEqualTo(
            json(
                """
                {"id":"resp_chatcmpl-9","object":"response","created_at":1741476777,
                 "status":"completed","background":false,"error":null,"incomplete_details":null,
                 "instructions":null,"max_output_tokens":null,"model":"my-model",
                 "output":[{"id":"msg_1_0","type":"message","status":"completed","content":[
                   {"type":"output_text","annotations":[],"logprobs":[],"text":"Hi there!"}],
                   "role":"assistant"}],
                 "parallel_tool_calls":true,"previous_response_id":null,
                 "reasoning":{"effort":null,"summary":null},"store":false,"temperature":null,
                 "text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],
                 "top_logprobs":null,"top_p":null,"truncation":"disabled",
                 "usage":{"input_tokens":37,"input_tokens_details":{"cached_tokens":5,"cache_write_tokens":0},
                   "output_tokens":11,"output_tokens_details":{"reasoning_tokens":2},
                   "total_tokens":48},
                 "user":null,"metadata":{}}
                """));
  }

  @Test
  void reasoningAndCallsAreItemsOfTheirOwn() {
    List<JsonNode> events =
        stream(
            new ChatEvent.Started(null, null),
            new ChatEvent.Thinking(0, "Two "),
            new ChatEvent.Thinking(0, "calls."),
            new ChatEvent.ThinkingSignature(0, "c2ln"),
            new ChatEvent.RedactedThinking(0, "aGlk"),
            new ChatEvent.ToolCall(0, 0, "call_1", "get_weather", null),
            new ChatEvent.ToolArguments(0, 0, "{\"city\":"),
            new ChatEvent.ToolArguments(0, 0, "\"Paris\"}"),
            new ChatEvent.ToolCall(0, 1, "call_2", "get_time", "Z2Vt"),
            new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));

    assertThat(types(events))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
    assertThat(events.get(11).get("item"))
        .isEqualTo(
            json(
                """
                {"id":"fc_1_2","type":"function_call","status":"in_progress","arguments":"",
                 "call_id":"call_1","name":"get_weather"}
                """));
    assertThat(events.get(12))
        .isEqualTo(
            json(
                """
                {"type":"response.function_call_arguments.delta","sequence_number":12,
                 "item_id":"fc_1_2","output_index":2,"delta":"{\\"city\\":"}
                """));
    assertThat(events.getLast().get("response").get("output"))
        .isEqualTo(
            json(
                """
                [{"id":"rs_1_0","type":"reasoning","status":"completed",
                  "summary":[{"type":"summary_text","text":"Two calls."}],
                  "encrypted_content":"llmgw.signature.c2ln"},
                 {"id":"rs_1_1","type":"reasoning","status":"completed","summary":[],
                  "encrypted_content":"llmgw.redacted.aGlk"},
                 {"id":"fc_1_2","type":"function_call","status":"completed",
                  "arguments":"{\\"city\\":\\"Paris\\"}","call_id":"call_1","name":"get_weather"},
                 {"id":"rs_1_3","type":"reasoning","status":"completed","summary":[],
                  "encrypted_content":"llmgw.call.Z2Vt"},
                 {"id":"fc_1_4","type":"function_call","status":"completed","arguments":"{}",
                  "call_id":"call_2","name":"get_time"}]
                """));
  }

  @Test
  void whatIsWrittenCanBeSentBack() {
    ArrayNode output =
        (ArrayNode)
            whole(
                    new ChatEvent.Started(null, null),
                    new ChatEvent.Thinking(0, "Hm."),
                    new ChatEvent.ThinkingSignature(0, "si"),
                    new ChatEvent.ThinkingSignature(0, "g"),
                    new ChatEvent.Text(0, "Let me see."),
                    new ChatEvent.ToolCall(0, 0, "c", "f", "Z2Vt"),
                    new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null))
                .get("output");

    String body = "{\"model\":\"m\",\"input\":" + output + "}";
    ChatRequest next = FACE.read(Unpooled.wrappedBuffer(body.getBytes(UTF_8)));

    assertThat(next.messages()).hasSize(1);
    assertThat(next.messages().getFirst().parts())
        .isEqualTo(
            List.of(
                new Part.Thinking("Hm.", "sig"),
                new Part.Text("Let me see."),
                new Part.ToolUse("c", "f", RawJson.EMPTY_OBJECT, "Z2Vt", null)));
  }
}
