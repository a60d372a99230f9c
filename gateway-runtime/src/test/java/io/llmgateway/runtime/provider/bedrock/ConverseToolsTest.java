package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_3;
import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_4_5;
import static io.llmgateway.runtime.provider.bedrock.Converse.NOVA;
import static io.llmgateway.runtime.provider.bedrock.Converse.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.llmgateway.runtime.chat.RefusedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Tools, their history, and answers that must be JSON. */
class ConverseToolsTest {
  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  private static final String HISTORY =
      """
      "messages":[
        {"role":"user","content":"Weather in Paris and Rome?"},
        {"role":"assistant","content":null,"tool_calls":[
          {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}},
          {"id":"id with spaces","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
        {"role":"tool","tool_call_id":"call_1","content":"12"},
        {"role":"tool","tool_call_id":"id with spaces","content":""},
        {"role":"user","content":"And?"}]
      """;

  private static final String TOOLS =
      """
      ,"tools":[
        {"type":"function","function":{"name":"weather","description":"Tells the weather","parameters":
          {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},
        {"type":"function","function":{"name":"now","description":"","parameters":{"properties":{}}}},
        {"type":"function","function":{"name":"ping"}}]
      """;

  @Test
  void tools() {
    assertThat(Converse.with(CLAUDE_4_5).body(HI + TOOLS).get("toolConfig"))
        .isEqualTo(
            json(
                """
                {"tools":[
                  {"toolSpec":{"name":"weather","description":"Tells the weather","inputSchema":{"json":
                    {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}},
                  {"toolSpec":{"name":"now","inputSchema":{"json":{"type":"object","properties":{}}}}},
                  {"toolSpec":{"name":"ping","inputSchema":{"json":{"type":"object","properties":{}}}}}]}
                """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("choices")
  void choice(String openAi, String converse) {
    JsonNode config =
        Converse.with(CLAUDE_4_5).body(HI + TOOLS + ",\"tool_choice\":" + openAi).get("toolConfig");

    assertThat(config.get("toolChoice")).isEqualTo(json(converse));
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        arguments("\"auto\"", "{\"auto\":{}}"),
        arguments("\"required\"", "{\"any\":{}}"),
        arguments(
            "{\"type\":\"function\",\"function\":{\"name\":\"now\"}}",
            "{\"tool\":{\"name\":\"now\"}}"));
  }

  @Test
  void oneCallAtATimeIsSaidToClaudeInItsOwnWords() {
    JsonNode body =
        Converse.with(CLAUDE_4_5)
            .body(HI + TOOLS + ",\"tool_choice\":\"required\",\"parallel_tool_calls\":false");

    // Both places at once are refused: "conflicting tool_choice".
    assertThat(body.get("toolConfig").has("toolChoice")).isFalse();
    assertThat(body.get("additionalModelRequestFields"))
        .isEqualTo(json("{\"tool_choice\":{\"type\":\"any\",\"disable_parallel_tool_use\":true}}"));
    assertThat(refused(NOVA, HI + TOOLS + ",\"parallel_tool_calls\":false"))
        .isEqualTo("parallel_tool_calls");
  }

  @Test
  void historyOfToolsIsOneTurnOfResults() {
    assertThat(Converse.with(CLAUDE_4_5).body(HISTORY + TOOLS).get("messages"))
        .isEqualTo(
            json(
                """
                [{"role":"user","content":[{"text":"Weather in Paris and Rome?"}]},
                 {"role":"assistant","content":[
                   {"toolUse":{"toolUseId":"call_1","name":"weather","input":{"city":"Paris"}}},
                   {"toolUse":{"toolUseId":"call_8b0a89d34cf3d9b6b6b4b2e2b0d8a5f1","name":"weather","input":{"city":"Rome"}}}]},
                 {"role":"user","content":[
                   {"toolResult":{"toolUseId":"call_1","content":[{"text":"12"}]}},
                   {"toolResult":{"toolUseId":"call_8b0a89d34cf3d9b6b6b4b2e2b0d8a5f1","content":[]}},
                   {"text":"And?"}]}]
                """
                    .replace("call_8b0a89d34cf3d9b6b6b4b2e2b0d8a5f1", sha("id with spaces"))));
  }

  private static String sha(String id) {
    try {
      byte[] hash =
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return "call_" + java.util.HexFormat.of().formatHex(hash).substring(0, 32);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bedrock refuses a history of tools without toolConfig, and has no choice of none. */
  @ParameterizedTest
  @MethodSource("withoutTools")
  void historyOfToolsWithoutTools(String members) {
    JsonNode config = Converse.with(NOVA).body(members).get("toolConfig");

    assertThat(config.get("tools")).hasSize(1);
    assertThat(config.get("tools").get(0).get("toolSpec").get("name").asString())
        .isEqualTo("weather");
    assertThat(config.get("tools").get(0).get("toolSpec").get("description").asString())
        .startsWith("Not available any more");
    assertThat(config.has("toolChoice")).isFalse();
  }

  static Stream<String> withoutTools() {
    return Stream.of(HISTORY, HISTORY + TOOLS + ",\"tool_choice\":\"none\"");
  }

  @Test
  void noToolsWhereNoneMayBeCalledAndNoneWere() {
    assertThat(Converse.with(NOVA).body(HI + TOOLS + ",\"tool_choice\":\"none\"").has("toolConfig"))
        .isFalse();
  }

  @Test
  void strictToolsWhereBedrockHoldsThemSo() {
    String strict =
        HI + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]";

    JsonNode tool = Converse.with(CLAUDE_4_5).body(strict).get("toolConfig").get("tools").get(0);
    assertThat(tool.get("toolSpec").get("strict").asBoolean()).isTrue();
    assertThat(refused(NOVA, strict)).isEqualTo("tools[0].strict");
  }

  private static final String SCHEMA =
      HI
          + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"city\","
          + "\"description\":\"A city\",\"schema\":{\"type\":\"object\",\"properties\":{\"n\":"
          + "{\"type\":\"string\"}}}}}";

  @Test
  void schemaThatBedrockHolds() {
    JsonNode body = Converse.with(CLAUDE_4_5).body(SCHEMA);

    assertThat(body.get("outputConfig"))
        .isEqualTo(
            json(
                """
                {"textFormat":{"type":"json_schema","structure":{"jsonSchema":{
                  "name":"city","description":"A city",
                  "schema":"{\\"type\\":\\"object\\",\\"properties\\":{\\"n\\":{\\"type\\":\\"string\\"}}}"}}}}
                """));
    assertThat(body.has("toolConfig")).isFalse();
  }

  @Test
  void schemaByToolWhereItDoesNot() {
    JsonNode config = Converse.with(CLAUDE_3).body(SCHEMA).get("toolConfig");

    assertThat(config.get("toolChoice")).isEqualTo(json("{\"tool\":{\"name\":\"json_answer\"}}"));
    assertThat(config.get("tools").get(0).get("toolSpec").get("inputSchema").get("json"))
        .isEqualTo(json("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"string\"}}}"));
    assertThat(refused("meta.llama3-1-70b-instruct-v1:0", SCHEMA)).isEqualTo("response_format");
    assertThat(refused(NOVA, SCHEMA + TOOLS)).isEqualTo("response_format");
  }

  @Test
  void jsonMode() {
    String members = HI + ",\"response_format\":{\"type\":\"json_object\"}";

    assertThat(Converse.with(NOVA).body(members).get("toolConfig").get("toolChoice"))
        .isEqualTo(json("{\"tool\":{\"name\":\"json_answer\"}}"));
    assertThat(refused(CLAUDE_4_5, members + ",\"reasoning_effort\":\"high\""))
        .isEqualTo("response_format");
  }

  private static String refused(String model, String members) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> Converse.with(model).body(members));
    assertThat(refused).as("refused").isNotNull();
    return String.valueOf(refused.error().param());
  }
}
