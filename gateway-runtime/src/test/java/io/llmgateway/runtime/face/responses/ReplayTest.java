package io.llmgateway.runtime.face.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Conversations;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.anthropic.AnthropicProtocol;
import io.llmgateway.runtime.table.Backend;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A turn of Claude's as a response, and the response sent back: Claude gets its own words. */
class ReplayTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final AnthropicProtocol CLAUDE =
      new AnthropicProtocol(new Backend("b", 1, new ProviderConfig.Echo(), null, null));
  private static final ResponsesFace FACE = new ResponsesFace();

  private static final String TURN =
      """
      {"id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[
        {"type":"thinking","thinking":"Two calls.","signature":"EqQBCgIYAhIM"},
        {"type":"redacted_thinking","data":"EmwKAhgBEgy3"},
        {"type":"text","text":"Let me see."},
        {"type":"tool_use","id":"toolu_01","name":"get_weather","input":{"city":"Paris"}},
        {"type":"tool_use","id":"toolu_02","name":"get_weather","input":{"city":"Rome"}}],
       "stop_reason":"tool_use","stop_sequence":null,
       "usage":{"input_tokens":10,"output_tokens":5}}
      """;

  private static final String TOOLS =
      "\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\","
          + "\"parameters\":{\"type\":\"object\"}}]";

  @Test
  void signaturesAndOrderSurvive() {
    ChatRequest first =
        Conversations.read(FACE, "{\"model\":\"c\",\"input\":\"Weather?\"," + TOOLS + "}");
    HttpHeaders head = new DefaultHttpHeaders().set("content-type", "application/json");
    List<ChatEvent> events =
        Conversations.events(
            CLAUDE.reader(first, head, ByteBufAllocator.DEFAULT),
            TURN.getBytes(UTF_8),
            50,
            new Random(1));
    JsonNode response =
        JSON.readTree(Conversations.written(FACE.writer(first, Written.REPLY), events));
    String output = response.get("output").toString();

    String next =
        "{\"model\":\"c\",\"max_output_tokens\":4096,"
            + TOOLS
            + ",\"reasoning\":{\"effort\":\"low\"},\"input\":["
            + "{\"role\":\"user\",\"content\":\"Weather?\"},"
            + output.substring(1, output.length() - 1)
            + ",{\"type\":\"function_call_output\",\"call_id\":\"toolu_01\",\"output\":\"sun\"},"
            + "{\"type\":\"function_call_output\",\"call_id\":\"toolu_02\",\"output\":\"rain\"}]}";
    JsonNode messages =
        JSON.readTree(
                Conversations.encoded(
                    CLAUDE, Conversations.read(FACE, next), new Unsupported("b", false)))
            .get("messages");

    assertThat(messages).hasSize(3);
    assertThat(messages.get(1).get("role").asString()).isEqualTo("assistant");
    assertThat(messages.get(1).get("content")).isEqualTo(JSON.readTree(TURN).get("content"));
    assertThat(messages.get(2).get("content")).hasSize(2);
    assertThat(messages.get(2).at("/content/1/type").asString()).isEqualTo("tool_result");
    assertThat(messages.get(2).at("/content/1/tool_use_id").asString()).isEqualTo("toolu_02");
  }
}
