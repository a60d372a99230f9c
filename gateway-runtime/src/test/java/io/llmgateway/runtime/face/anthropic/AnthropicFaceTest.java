package io.llmgateway.runtime.face.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFaceTest {
  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  @Test
  void aConversationIsRead() {
    ChatRequest request =
        read(
            """
            {"messages":[
              {"role":"user","content":[
                {"type":"text","text":"See","cache_control":{"type":"ephemeral","ttl":"1h"}},
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO"}},
                {"type":"image","source":{"type":"url","url":"https://x.example/a.png"}},
                {"type":"document","source":{"type":"text","media_type":"text/plain","data":"T"},
                 "title":"t","context":"c","citations":{"enabled":true},"cache_control":null}]},
              {"role":"assistant","content":[
                {"signature":"EqQB","thinking":"Hm","type":"thinking"},
                {"type":"redacted_thinking","data":"EmwK"},
                {"type":"text","text":"Look","citations":[{"type":"page_location"}]},
                {"type":"tool_use","id":"toolu_1","name":"look","input":{"a": 1},
                 "caller":{"type":"direct"}}]},
              {"content":[{"content":[{"type":"text","text":"seen"},
                  {"type":"image","source":{"type":"file","file_id":"file_1"}}],
                "tool_use_id":"toolu_1","is_error":true,"type":"tool_result"}],"role":"user"}],
             "system":[{"type":"text","text":"Be brief","cache_control":{"type":"ephemeral"}}],
             "model":"claude","max_tokens":5}""");

    assertThat(request.model()).isEqualTo("claude");
    assertThat(request.others()).isEmpty();
    assertThat(request.messages())
        .containsExactly(
            message(
                Role.SYSTEM, "system", new Part.Text("Be brief", new CacheMarker(null), List.of())),
            message(
                Role.USER,
                "messages[0]",
                new Part.Text("See", new CacheMarker("1h"), List.of()),
                new Part.Image(new Part.Source.Base64("image/png", "iVBO"), null, null),
                new Part.Image(new Part.Source.Url("https://x.example/a.png"), null, null),
                new Part.Document(new Part.Source.PlainText("T"), "t", "c", true, null)),
            message(
                Role.ASSISTANT,
                "messages[1]",
                new Part.Thinking("Hm", "EqQB"),
                new Part.RedactedThinking("EmwK"),
                new Part.Text("Look", null, List.of(RawJson.of("{\"type\":\"page_location\"}"))),
                new Part.ToolUse("toolu_1", "look", RawJson.of("{\"a\": 1}"), null, null)),
            message(
                Role.USER,
                "messages[2]",
                new Part.ToolResult(
                    "toolu_1",
                    List.of(
                        new Part.Text("seen"),
                        new Part.Image(new Part.Source.File("file_1"), null, null)),
                    true,
                    null)));
  }

  @Test
  void parametersAreRead() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"Hi"}],
             "temperature":0.5,"top_p":1,"top_k":4,"stop_sequences":["END"],"stream":true,
             "metadata":{"user_id":"u1"},"thinking":{"type":"adaptive","display":"summarized"},
             "output_config":{"effort":"max","format":{"type":"json_schema","schema":{"type":"object"}}},
             "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},
             "tools":[{"name":"f","description":"d","input_schema":{"type":"object"},"strict":true,
               "cache_control":{"type":"ephemeral"},"eager_input_streaming":true},
               {"type":"custom","name":"g","input_schema":{"type":"object"}}],
             "service_tier":"standard_only"}""");

    assertThat(request.sampling().maxTokens()).isEqualTo(5);
    assertThat(request.sampling().temperature()).isEqualTo(0.5);
    assertThat(request.sampling().topP()).isEqualTo(1);
    assertThat(request.sampling().topK()).isEqualTo(4);
    assertThat(request.sampling().stop()).containsExactly("END");
    assertThat(request.stream()).isTrue();
    assertThat(request.usageWanted()).isTrue();
    assertThat(request.user()).isEqualTo("u1");
    assertThat(request.reasoning()).isEqualTo(new Reasoning.Effort("xhigh"));
    assertThat(request.outputFormat())
        .isEqualTo(
            new OutputFormat.JsonSchema("answer", null, RawJson.of("{\"type\":\"object\"}"), true));
    assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
    assertThat(request.parallelToolCalls()).isFalse();
    RawJson schema = RawJson.of("{\"type\":\"object\"}");
    assertThat(request.tools())
        .containsExactly(
            new Tool("f", "d", schema, true, new CacheMarker(null), "tools[0]"),
            new Tool("g", null, schema, null, null, "tools[1]"));
    assertThat(request.others())
        .containsExactlyEntriesOf(java.util.Map.of("service_tier", RawJson.of("\"default\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'thinking':{'type':'enabled','budget_tokens':2048} | Budget[tokens=2048]",
        "'thinking':{'type':'enabled','budget_tokens':2048},'output_config':{'effort':'low'} | Budget[tokens=2048]",
        "'thinking':{'type':'adaptive'} | Adaptive[]",
        "'thinking':{'type':'disabled'},'output_config':{'effort':'low'} | Off[]",
        "'output_config':{'effort':'low'} | Effort[effort=low]",
        "'output_config':null | null",
      })
  void thinkingIsRead(String members, String reasoning) {
    ChatRequest request = read("{'model':'m','max_tokens':5," + HI + "," + members + "}");
    assertThat(String.valueOf(request.reasoning())).isEqualTo(reasoning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'max_tokens':5 | messages",
        "'messages':[],'max_tokens':'5' | max_tokens",
        HI + " | max_tokens",
        HI + ",'max_tokens':-1 | max_tokens",
        HI + ",'max_tokens':5,'stream':'yes' | stream",
        HI + ",'max_tokens':5,'temperature':'hot' | temperature",
        HI + ",'max_tokens':5,'stop_sequences':'x' | stop_sequences",
        HI + ",'max_tokens':5,'stop_sequences':[1] | stop_sequences[0]",
        HI + ",'max_tokens':5,'system':5 | system",
        HI + ",'max_tokens':5,'tools':[{'input_schema':{}}] | tools[0].name",
        HI + ",'max_tokens':5,'tools':[{'name':'f'}] | tools[0].input_schema",
        HI + ",'max_tokens':5,'tool_choice':{'type':'some'} | tool_choice.type",
        HI + ",'max_tokens':5,'tool_choice':{'type':'tool'} | tool_choice.name",
        HI + ",'max_tokens':5,'thinking':{'type':'enabled'} | thinking.budget_tokens",
        HI + ",'max_tokens':5,'output_config':{'effort':'huge'} | output_config.effort",
        HI
            + ",'max_tokens':5,'output_config':{'format':{'type':'json'}} | output_config.format.type",
        "'max_tokens':5,'messages':[{'content':'x'}] | messages[0].role",
        "'max_tokens':5,'messages':[{'role':'tool','content':'x'}] | messages[0].role",
        "'max_tokens':5,'messages':[{'role':'user'}] | messages[0].content",
        "'max_tokens':5,'messages':[{'role':'user','content':[5]}] | messages[0].content[0]",
        "'max_tokens':5,'messages':[{'role':'user','content':[{'text':'x'}]}] | messages[0].content[0].type",
        "'max_tokens':5,'messages':[{'role':'user','content':[{'type':'text'}]}] | messages[0].content[0].text",
        "'max_tokens':5,'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','data':''}}]}]"
            + " | messages[0].content[0].source.media_type",
        "'max_tokens':5,'messages':[{'role':'user','content':[{'type':'text','text':'x','cache_control':{'ttl':'2h'}}]}]"
            + " | messages[0].content[0].cache_control.ttl",
      })
  void whatIsWrongIsNamed(String members, String param) {
    assertThatThrownBy(() -> read("{'model':'m'," + members + "}"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.error().status()).isEqualTo(400);
              assertThat(refused.error().param()).isEqualTo(param);
            });
  }

  /** No protocol knows them, so that each names them as unsupported. */
  @Test
  void whatHasNoPlaceIsAmongTheOthersByItsPath() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":5,"container":"c","cache_control":{"type":"ephemeral"},
             "tools":[{"type":"web_search_20250305","name":"web_search"},
               {"name":"f","input_schema":{},"defer_loading":true}],
             "thinking":{"type":"between_tools"},
             "messages":[{"role":"user","content":[
               {"type":"search_result","source":"https://x.example","title":"t","content":[]},
               {"type":"document","source":{"type":"content","content":"x"}},
               {"type":"image","source":{"type":"url","url":"u"},"transformations":{"a":1}},
               {"type":"web_search_tool_result","tool_use_id":"s","content":[]}]}]}""");
    assertThat(request.others().keySet())
        .containsExactlyInAnyOrder(
            "container",
            "cache_control",
            "tools[0]",
            "tools[1].defer_loading",
            "thinking.type",
            "messages[0].content[0]",
            "messages[0].content[1]",
            "messages[0].content[2].transformations",
            "messages[0].content[3]");
    assertThat(request.tools()).hasSize(1);
    assertThat(request.messages().getFirst().parts()).hasSize(1);
  }

  @Test
  void aHiddenSignatureGoesBackToItsCall() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[
              {"type":"redacted_thinking","data":"tool-signature:CiQB"},
              {"type":"tool_use","id":"t1","name":"f","input":{}},
              {"type":"tool_use","id":"t2","name":"f","input":{}}]}]}""");
    assertThat(request.messages().getFirst().parts())
        .containsExactly(
            new Part.ToolUse("t1", "f", RawJson.EMPTY_OBJECT, "CiQB", null),
            new Part.ToolUse("t2", "f", RawJson.EMPTY_OBJECT, null, null));
    assertThat(request.others()).isEmpty();
  }

  @Test
  void tokensAreCountedWithoutALimitForTheAnswer() {
    ChatRequest request =
        AnthropicFace.countTokens()
            .read(Unpooled.copiedBuffer("{\"model\":\"m\"," + HI + "}", UTF_8));
    assertThat(request.messages()).hasSize(1);
  }

  private static Message message(Role role, String param, Part... parts) {
    return new Message(role, List.of(parts), null, param);
  }

  private static ChatRequest read(@Nullable String json) {
    String body = String.valueOf(json).replace('\'', '"');
    return AnthropicFace.messages().read(Unpooled.copiedBuffer(body, UTF_8));
  }
}
