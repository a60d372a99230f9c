package io.llmgateway.runtime.face.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.Conversations;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCompletionsTest {
  private static final ChatFace FACE = new ChatCompletions();
  private static final ChatFace.Reply REPLY = new ChatFace.Reply("req-1", "chat", 1_700_000_000L);

  private static ChatRequest read(String members) {
    return Conversations.read(FACE, "{\"model\":\"chat\"," + members + "}");
  }

  private static List<Message> messages(String messages) {
    return read("\"messages\":[" + messages + "]").messages();
  }

  @Test
  void roles_keep_their_order_and_say_where_they_stand() {
    List<Message> messages =
        messages(
            """
            {"role":"system","content":"be brief"},
            {"role":"developer","content":"in French"},
            {"role":"user","content":"hello","name":"ada"},
            {"role":"assistant","content":"salut"}""");

    assertThat(messages)
        .containsExactly(
            new Message(Role.SYSTEM, List.of(new Part.Text("be brief")), null, "messages[0]"),
            new Message(Role.DEVELOPER, List.of(new Part.Text("in French")), null, "messages[1]"),
            new Message(Role.USER, List.of(new Part.Text("hello")), "ada", "messages[2]"),
            new Message(Role.ASSISTANT, List.of(new Part.Text("salut")), null, "messages[3]"));
  }

  @Test
  void parts_are_read_whatever_the_order_of_their_members() {
    List<Part> parts =
        messages(
                """
                {"role":"user","content":[
                 {"text":"look","type":"text","cache_control":{"type":"ephemeral","ttl":"1h"}},
                 {"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}},
                 {"image_url":{"url":"data:image/png;base64,AAAA"},"type":"image_url"},
                 {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}},
                 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}},
                 {"type":"file","file":{"file_id":"file-1"}}]}""")
            .getFirst()
            .parts();

    assertThat(parts)
        .containsExactly(
            new Part.Text("look", new CacheMarker("1h"), List.of()),
            new Part.Image(new Source.Url("https://x/y.png"), "low", null),
            new Part.Image(new Source.Base64("image/png", "AAAA"), null, null),
            new Part.Audio("wav", "UklG"),
            new Part.Document(
                new Source.Base64("application/pdf", "JVBE"), "a.pdf", null, null, null),
            new Part.Document(new Source.File("file-1"), null, null, null, null));
  }

  @Test
  void an_answer_with_calls_and_thinking_comes_back_whole() {
    List<Message> messages =
        messages(
            """
            {"role":"assistant","content":null,"refusal":null,
             "reasoning_content":"hm",
             "thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"c2ln"},
                                {"type":"redacted_thinking","data":"eA=="}],
             "tool_calls":[{"id":"c1","type":"function",
               "function":{"name":"f","arguments":"{\\"a\\": 1}"},
               "extra_content":{"google":{"thought_signature":"dHM="}}}]},
            {"role":"tool","tool_call_id":"c1","content":"42"}""");

    assertThat(messages.getFirst().parts())
        .containsExactly(
            new Part.Thinking("hm", "c2ln"),
            new Part.RedactedThinking("eA=="),
            new Part.ToolUse("c1", "f", RawJson.of("{\"a\": 1}"), "dHM=", null));
    assertThat(messages.getLast())
        .isEqualTo(
            new Message(
                Role.USER,
                List.of(new Part.ToolResult("c1", List.of(new Part.Text("42")), false, null)),
                null,
                "messages[1]"));
  }

  @Test
  void thinking_that_was_streamed_in_two_places_comes_back_as_one() {
    List<Message> messages =
        messages(
            """
            {"role":"assistant","content":"x","reasoning_content":"hm",
             "thinking_blocks":[{"type":"thinking","thinking":"","signature":"c2ln"}]}""");

    assertThat(messages.getFirst().parts())
        .containsExactly(new Part.Thinking("hm", "c2ln"), new Part.Text("x"));
  }

  @Test
  void tools_and_format_keep_their_schemas_byte_for_byte() {
    ChatRequest request =
        read(
            """
            "messages":[{"role":"user","content":"x"}],
            "tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,
              "parameters":{ "type":"object", "n": 1.0 }}}],
            "tool_choice":{"type":"function","function":{"name":"f"}},
            "parallel_tool_calls":false,
            "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"},"strict":true}}""");

    assertThat(request.tools())
        .containsExactly(
            new Tool(
                "f",
                "d",
                RawJson.of("{ \"type\":\"object\", \"n\": 1.0 }"),
                true,
                null,
                "tools[0]"));
    assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
    assertThat(request.parallelToolCalls()).isFalse();
    assertThat(request.outputFormat())
        .isEqualTo(
            new OutputFormat.JsonSchema("s", null, RawJson.of("{\"type\":\"object\"}"), true));
  }

  @Test
  void sampling_is_read_and_what_nobody_knows_is_kept() {
    ChatRequest request =
        read(
            """
            "messages":[{"role":"user","content":"x"}],"max_tokens":5,"max_completion_tokens":7,
            "temperature":0,"top_p":0.5,"seed":-1,"stop":["a","b"],"n":2,"top_k":4,
            "reasoning_effort":"low","guardrailConfig":{"a":[1]},"stream":true,
            "stream_options":{"include_usage":true},"logit_bias":null""");

    assertThat(request.sampling().maxTokens()).isEqualTo(7);
    assertThat(request.sampling().temperature()).isEqualTo(0.0);
    assertThat(request.sampling().seed()).isEqualTo(-1);
    assertThat(request.sampling().stop()).containsExactly("a", "b");
    assertThat(request.sampling().n()).isEqualTo(2);
    assertThat(request.sampling().logitBias()).isNull();
    assertThat(request.reasoning()).isEqualTo(new Reasoning.Effort("low"));
    assertThat(request.others())
        .containsExactly(java.util.Map.entry("guardrailConfig", RawJson.of("{\"a\":[1]}")));
    assertThat(request.stream()).isTrue();
    assertThat(request.usageWanted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"x\":1 | messages",
        "\"messages\":{} | messages",
        "\"messages\":[1] | messages[0]",
        "\"messages\":[{\"content\":\"x\"}] | messages[0].role",
        "\"messages\":[{\"role\":\"king\"}] | messages[0].role",
        "\"messages\":[{\"role\":\"user\",\"content\":3}] | messages[0].content",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"smell\"}]}] |"
            + " messages[0].content[0].type",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}] |"
            + " messages[0].content[0].text",
        "\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}] | messages[0].tool_call_id",
        "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":"
            + "{\"name\":\"f\",\"arguments\":\"{\"}}]}] |"
            + " messages[0].tool_calls[0].function.arguments",
        "\"tools\":[{\"type\":\"retrieval\"}] | tools[0].type",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"parameters\":[]}}] |"
            + " tools[0].function.parameters",
        "\"tool_choice\":\"perhaps\" | tool_choice",
        "\"temperature\":\"hot\" | temperature",
        "\"n\":0 | n",
        "\"max_tokens\":99999999999 | max_tokens",
        "\"stop\":[1] | stop[0]",
        "\"response_format\":{\"type\":\"xml\"} | response_format.type",
        "\"functions\":[] | functions"
      })
  void what_is_wrong_is_named(String members, String param) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> read(members))
        .satisfies(e -> assertThat(e.error().param()).isEqualTo(param))
        .satisfies(e -> assertThat(e.error().status()).isEqualTo(400));
  }

  private static final List<ChatEvent> EVENTS =
      List.of(
          new ChatEvent.Started("msg_1", "claude"),
          new ChatEvent.Thinking(0, "h"),
          new ChatEvent.Thinking(0, "m"),
          new ChatEvent.ThinkingSignature(0, "c2ln"),
          new ChatEvent.Text(0, "Hi"),
          new ChatEvent.ToolCall(0, 0, "c1", "f", null),
          new ChatEvent.ToolArguments(0, 0, "{\"a\""),
          new ChatEvent.ToolArguments(0, 0, ":1}"),
          new ChatEvent.ToolCall(0, 1, "c2", "g", null),
          new ChatEvent.Used(new Usage(10, 5, 2, 3, 1, 4)),
          new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));

  @Test
  void a_whole_reply() {
    assertThat(Conversations.written(new CompletionWriter(REPLY), EVENTS))
        .isEqualTo(
            "{\"id\":\"msg_1\",\"object\":\"chat.completion\",\"created\":1700000000,"
                + "\"model\":\"chat\",\"choices\":[{\"index\":0,\"message\":{"
                + "\"role\":\"assistant\",\"content\":\"Hi\",\"refusal\":null,"
                + "\"reasoning_content\":\"hm\",\"thinking_blocks\":[{\"type\":\"thinking\","
                + "\"thinking\":\"hm\",\"signature\":\"c2ln\"}],\"tool_calls\":["
                + "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                + "\"arguments\":\"{\\\"a\\\":1}\"}},"
                + "{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"g\","
                + "\"arguments\":\"{}\"}}]},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],"
                + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":2,\"cache_write_tokens\":4,\"cache_creation_tokens\":4,"
                + "\"cache_creation_token_details\":{\"ephemeral_5m_input_tokens\":3,"
                + "\"ephemeral_1h_input_tokens\":1}},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":4}}}");
  }

  @Test
  void a_stream() {
    String head =
        "data: {\"id\":\"msg_1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            + "\"model\":\"chat\",\"choices\":[";
    String tail = "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n";

    assertThat(Conversations.written(new ChunkWriter(REPLY, true), EVENTS).split("(?<=\n)\n"))
        .containsExactly(
            head + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}," + tail,
            head + "{\"index\":0,\"delta\":{\"reasoning_content\":\"h\"}," + tail,
            head + "{\"index\":0,\"delta\":{\"reasoning_content\":\"m\"}," + tail,
            head
                + "{\"index\":0,\"delta\":{\"thinking_blocks\":[{\"type\":\"thinking\","
                + "\"thinking\":\"\",\"signature\":\"c2ln\"}]},"
                + tail,
            head + "{\"index\":0,\"delta\":{\"content\":\"Hi\"}," + tail,
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},"
                + tail,
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                + "{\"arguments\":\"{\\\"a\\\"\"}}]},"
                + tail,
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                + "{\"arguments\":\":1}\"}}]},"
                + tail,
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"c2\","
                + "\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]},"
                + tail,
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"function\":"
                + "{\"arguments\":\"{}\"}}]},"
                + tail,
            head
                + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],"
                + "\"usage\":null}\n",
            head
                + "],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":2,\"cache_write_tokens\":4,\"cache_creation_tokens\":4,"
                + "\"cache_creation_token_details\":{\"ephemeral_5m_input_tokens\":3,"
                + "\"ephemeral_1h_input_tokens\":1}},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":4}}}\n",
            "data: [DONE]\n");
  }
}
