package io.llmgateway.runtime.face.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {

  private static ChatRequest read(String body) {
    return new ResponsesFace().read(Unpooled.wrappedBuffer(body.getBytes(UTF_8)));
  }

  private static List<Message> input(String items) {
    return read("{\"model\":\"m\",\"input\":" + items + "}").messages();
  }

  private static Message message(Role role, String param, Part... parts) {
    return new Message(role, List.of(parts), null, param);
  }

  @Test
  void aTextIsWhatTheUserSaysAfterTheInstructions() {
    ChatRequest request =
        read(
            """
            {"input": "Tell me a story.", "model": "gpt-4.1", "stream": true,
             "instructions": "Talk like a pirate."}
            """);

    assertThat(request.model()).isEqualTo("gpt-4.1");
    assertThat(request.stream()).isTrue();
    assertThat(request.usageWanted()).isTrue();
    assertThat(request.messages())
        .containsExactly(
            message(Role.SYSTEM, "instructions", new Part.Text("Talk like a pirate.")),
            message(Role.USER, "input", new Part.Text("Tell me a story.")));
    assertThat(request.others()).isEmpty();
  }

  @Test
  void settingsAreTaken() {
    ChatRequest request =
        read(
            """
            {"model": "m", "input": "x", "max_output_tokens": 300, "temperature": 0.5, "top_p": 1,
             "top_logprobs": 3, "include": ["message.output_text.logprobs"],
             "parallel_tool_calls": false, "reasoning": {"effort": "high", "summary": "auto"},
             "store": false, "background": false, "previous_response_id": null, "user": "u1",
             "truncation": "disabled", "stream_options": {"include_obfuscation": false},
             "text": {"verbosity": "low", "format": {"type": "json_schema", "name": "event",
               "schema": {"type": "object"}, "strict": true, "description": "An event."}},
             "metadata": {"a": "b"}, "service_tier": "flex", "max_tool_calls": 2}
            """);

    ChatRequest.Sampling sampling = request.sampling();
    assertThat(sampling.maxTokens()).isEqualTo(300);
    assertThat(sampling.temperature()).isEqualTo(0.5);
    assertThat(sampling.topP()).isEqualTo(1.0);
    assertThat(sampling.logprobs()).isTrue();
    assertThat(sampling.topLogprobs()).isEqualTo(3);
    assertThat(request.parallelToolCalls()).isFalse();
    assertThat(request.reasoning()).isEqualTo(new Reasoning.Effort("high"));
    assertThat(request.user()).isEqualTo("u1");
    assertThat(request.outputFormat())
        .isEqualTo(
            new OutputFormat.JsonSchema(
                "event", "An event.", RawJson.of("{\"type\": \"object\"}"), true));
    assertThat(request.others())
        .containsOnlyKeys("verbosity", "metadata", "service_tier", "max_tool_calls")
        .containsEntry("metadata", RawJson.of("{\"a\": \"b\"}"));
  }

  @Test
  void partsOfEveryKindAreRead() {
    assertThat(
            input(
                """
                [{"role": "developer", "content": "Be brief."},
                 {"role": "user", "content": [
                   {"type": "input_text", "text": "What is this?"},
                   {"type": "input_image", "image_url": "https://x.org/a.png", "detail": "low"},
                   {"type": "input_image", "image_url": "data:image/png;base64,iVBO"},
                   {"type": "input_image", "file_id": "file-1"},
                   {"type": "input_file", "filename": "a.pdf",
                    "file_data": "data:application/pdf;base64,JVBE"},
                   {"type": "input_file", "file_url": "https://x.org/b.pdf"},
                   {"type": "input_audio", "input_audio": {"data": "UklG", "format": "wav"}}]}]
                """))
        .containsExactly(
            message(Role.DEVELOPER, "input[0]", new Part.Text("Be brief.")),
            message(
                Role.USER,
                "input[1]",
                new Part.Text("What is this?"),
                new Part.Image(new Part.Source.Url("https://x.org/a.png"), "low", null),
                new Part.Image(new Part.Source.Base64("image/png", "iVBO"), null, null),
                new Part.Image(new Part.Source.File("file-1"), null, null),
                new Part.Document(
                    new Part.Source.Base64("application/pdf", "JVBE"), "a.pdf", null, null, null),
                new Part.Document(
                    new Part.Source.Url("https://x.org/b.pdf"), null, null, null, null),
                new Part.Audio("wav", "UklG")));
  }

  @Test
  void whatTheModelSaidInOneTurnIsOneMessageAndSoAreTheResults() {
    assertThat(
            input(
                """
                [{"role": "user", "content": "Weather in Paris and Rome?"},
                 {"type": "reasoning", "id": "rs_1", "summary": [
                    {"type": "summary_text", "text": "Two "},
                    {"type": "summary_text", "text": "calls."}],
                  "encrypted_content": "llmgw.signature.c2ln"},
                 {"type": "reasoning", "id": "rs_2", "summary": [],
                  "encrypted_content": "llmgw.redacted.aGlk"},
                 {"type": "message", "role": "assistant", "id": "msg_1", "status": "completed",
                  "content": [{"type": "output_text", "text": "Let me see.", "annotations": []}]},
                 {"type": "function_call", "id": "fc_1", "call_id": "call_1",
                  "name": "get_weather", "arguments": "{\\"city\\":\\"Paris\\"}"},
                 {"type": "reasoning", "summary": [], "encrypted_content": "llmgw.call.Z2Vt"},
                 {"type": "function_call", "call_id": "call_2",
                  "name": "get_time", "arguments": ""},
                 {"type": "function_call_output", "call_id": "call_1", "output": "sunny"},
                 {"type": "function_call_output", "call_id": "call_2", "output": [
                    {"type": "input_text", "text": "noon"},
                    {"type": "input_image", "image_url": "https://x.org/clock.png"}]},
                 {"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}]
                """))
        .containsExactly(
            message(Role.USER, "input[0]", new Part.Text("Weather in Paris and Rome?")),
            message(
                Role.ASSISTANT,
                "input[1]",
                new Part.Thinking("Two calls.", "c2ln"),
                new Part.RedactedThinking("aGlk"),
                new Part.Text("Let me see."),
                new Part.ToolUse(
                    "call_1", "get_weather", RawJson.of("{\"city\":\"Paris\"}"), null, null),
                new Part.ToolUse("call_2", "get_time", RawJson.EMPTY_OBJECT, "Z2Vt", null)),
            message(
                Role.USER,
                "input[7]",
                new Part.ToolResult("call_1", List.of(new Part.Text("sunny")), false, null),
                new Part.ToolResult(
                    "call_2",
                    List.of(
                        new Part.Text("noon"),
                        new Part.Image(new Part.Source.Url("https://x.org/clock.png"), null, null)),
                    false,
                    null)),
            message(Role.ASSISTANT, "input[9]", new Part.Refusal("No.")));
  }

  @Test
  void reasoningThatOnlyOpenAiCanReadIsCarriedAsFarAsItIsShown() {
    assertThat(
            input(
                """
                [{"role": "user", "content": "x"},
                 {"type": "reasoning", "id": "rs_1", "encrypted_content": "gAAAAB", "summary": []},
                 {"type": "reasoning", "encrypted_content": "gAAAAC",
                  "summary": [{"type": "summary_text", "text": "Hm."}]},
                 {"role": "assistant", "content": "y"}]
                """))
        .containsExactly(
            message(Role.USER, "input[0]", new Part.Text("x")),
            message(
                Role.ASSISTANT, "input[2]", new Part.Thinking("Hm.", null), new Part.Text("y")));
  }

  @Test
  void functionsAndTheChoiceOfThem() {
    ChatRequest request =
        read(
            """
            {"model": "m", "input": "x", "tool_choice": {"type": "allowed_tools",
               "mode": "required", "tools": [{"type": "function", "name": "b"}]},
             "tools": [
               {"type": "function", "name": "a", "description": "A.", "strict": true,
                "parameters": {"type": "object", "properties": {}}},
               {"type": "function", "name": "b", "parameters": null}]}
            """);

    assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Required());
    assertThat(request.tools())
        .containsExactly(new ChatRequest.Tool("b", null, null, null, null, "tools[1]"));
    assertThat(
            read("{\"model\":\"m\",\"input\":\"x\",\"tool_choice\":{\"type\":\"function\","
                    + "\"name\":\"a\"}}")
                .toolChoice())
        .isEqualTo(new ToolChoice.Named("a"));
    assertThat(read("{\"model\":\"m\",\"input\":\"x\",\"tool_choice\":\"none\"}").toolChoice())
        .isEqualTo(new ToolChoice.None());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"store\":true | store",
        "\"background\":true | background",
        "\"previous_response_id\":\"resp_1\" | previous_response_id",
        "\"conversation\":\"conv_1\" | conversation",
        "\"prompt\":{\"id\":\"p\"} | prompt",
        "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}] | input[0].type",
        "\"input\":[{\"id\":\"msg_1\"}] | input[0]",
        "\"input\":[{\"type\":\"web_search_call\",\"id\":\"w\"}] | input[0].type",
        "\"input\":[{\"role\":\"tool\",\"content\":\"x\"}] | input[0].role",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"video\"}]}]"
            + " | input[0].content[0].type",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\","
            + "\"image_url\":\"data:x\"}]}] | input[0].content[0].image_url",
        "\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\","
            + "\"arguments\":\"{\"}] | input[0].arguments",
        "\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\","
            + "\"arguments\":\"[]\"}] | input[0].arguments",
        "\"input\":[{\"type\":\"function_call_output\",\"output\":\"x\"}] | input[0].call_id",
        "\"input\":7 | input",
        "\"tools\":[{\"type\":\"web_search\"}] | tools[0].type",
        "\"tools\":[{\"type\":\"function\"}] | tools[0].name",
        "\"tool_choice\":{\"type\":\"file_search\"} | tool_choice",
        "\"tool_choice\":\"any\" | tool_choice",
        "\"text\":{\"format\":{\"type\":\"xml\"}} | text.format.type",
        "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}} | text.format.schema",
        "\"max_output_tokens\":\"many\" | max_output_tokens",
        "\"max_output_tokens\":99999999999 | max_output_tokens",
        "\"temperature\":true | temperature"
      })
  void whatCannotBeDoneIsRefusedByName(String member, String param) {
    String body = "{\"model\":\"m\",\"input\":\"x\"," + member.strip() + "}";

    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.error().status()).isEqualTo(400);
              assertThat(e.error().param()).isEqualTo(param.strip());
              assertThat(e.error().message()).contains("'" + param.strip() + "'");
            });
  }

  @Test
  void withoutInputThereIsNothingToAnswer() {
    assertThatThrownBy(() -> read("{\"model\":\"m\"}"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.error().code()).isEqualTo("missing_required_parameter"));
  }
}
