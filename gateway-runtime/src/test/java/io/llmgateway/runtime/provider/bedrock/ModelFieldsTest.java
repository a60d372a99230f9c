package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_3;
import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_4_5;
import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_4_6;
import static io.llmgateway.runtime.provider.bedrock.Converse.NOVA;
import static io.llmgateway.runtime.provider.bedrock.Converse.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.provider.bedrock.BedrockModel.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What each model names in its own way, as the models' pages of the user guide say. */
class ModelFieldsTest {
  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        CLAUDE_4_5 + " | {\"top_k\":7}",
        NOVA + " | {\"inferenceConfig\":{\"topK\":7}}",
        "cohere.command-r-plus-v1:0 | {\"k\":7}",
        "mistral.mistral-large-2402-v1:0 | {\"top_k\":7}",
      })
  void topK(String model, String fields) {
    assertThat(Converse.with(model).body(HI + ",\"top_k\":7").get("additionalModelRequestFields"))
        .isEqualTo(json(fields));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        CLAUDE_4_5
            + " | \"reasoning_effort\":\"low\""
            + " | {\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}} | `null`",
        CLAUDE_4_5
            + " | \"reasoning_effort\":\"high\",\"max_tokens\":4000"
            + " | {\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}} | `null`",
        CLAUDE_4_5
            + " | \"thinking\":{\"type\":\"enabled\",\"budget_tokens\":5000}"
            + " | {\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":5000}} | `null`",
        CLAUDE_4_6
            + " | \"reasoning_effort\":\"medium\""
            + " | {\"thinking\":{\"type\":\"adaptive\"}} | {\"effort\":\"medium\"}",
        "anthropic.claude-mythos-preview"
            + " | \"reasoning_effort\":\"minimal\""
            + " | {\"thinking\":{\"type\":\"adaptive\"}} | {\"effort\":\"low\"}",
        CLAUDE_4_6
            + " | \"thinking\":{\"type\":\"adaptive\"}"
            + " | {\"thinking\":{\"type\":\"adaptive\"}} | `null`",
        "us.amazon.nova-2-lite-v1:0"
            + " | \"reasoning_effort\":\"xhigh\""
            + " | {\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"high\"}}"
            + " | `null`",
        "openai.gpt-oss-120b-1:0"
            + " | \"reasoning_effort\":\"medium\""
            + " | {\"reasoning_effort\":\"medium\"} | `null`",
        CLAUDE_3 + " | \"reasoning_effort\":\"none\" | `null` | `null`",
      })
  void reasoning(String model, String members, String fields, String output) {
    JsonNode body = Converse.with(model).body(HI + "," + members);

    assertThat(body.path("additionalModelRequestFields")).isEqualTo(orMissing(fields));
    assertThat(body.path("outputConfig")).isEqualTo(orMissing(output));
  }

  @Test
  void aTurnWhoseThoughtsDidNotComeBackGoesOnWithoutThinking() {
    String messages =
        """
        "reasoning_effort":"low","messages":[{"role":"user","content":"Weather?"},
          {"role":"assistant","tool_calls":[{"id":"c","type":"function",
           "function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"c","content":"sunny"}]""";

    assertThat(Converse.with(CLAUDE_4_5).body(messages).has("additionalModelRequestFields"))
        .isFalse();
    assertThat(Converse.with(CLAUDE_4_6).body(messages).at("/additionalModelRequestFields"))
        .isEqualTo(json("{\"thinking\":{\"type\":\"adaptive\"}}"));
  }

  private static JsonNode orMissing(String text) {
    return text.equals("null") ? Converse.JSON.missingNode() : json(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        CLAUDE_3 + " | \"reasoning_effort\":\"low\" | reasoning_effort",
        NOVA + " | \"thinking\":{\"type\":\"enabled\",\"budget_tokens\":5000} | thinking",
        CLAUDE_4_5 + " | \"reasoning_effort\":\"low\",\"max_tokens\":1000 | max_tokens",
        "meta.llama3-1-70b-instruct-v1:0 | \"top_k\":1 | top_k",
        NOVA + " | \"anthropic_beta\":[\"x\"] | anthropic_beta",
      })
  void refused(String model, String members, String param) {
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> Converse.with(model).body(HI + "," + members));

    assertThat(refused.error().param()).isEqualTo(param);
  }

  @Test
  void cohereHasMore() {
    assertThat(
            Converse.with("cohere.command-r-v1:0")
                .body(HI + ",\"seed\":7,\"frequency_penalty\":0.5,\"presence_penalty\":0")
                .get("additionalModelRequestFields"))
        .isEqualTo(json("{\"seed\":7,\"frequency_penalty\":0.5}"));
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic.claude-3-5-sonnet-20241022-v2:0,CLAUDE,305",
    "us.anthropic.claude-3-7-sonnet-20250219-v1:0,CLAUDE,307",
    "anthropic.claude-sonnet-4-20250514-v1:0,CLAUDE,400",
    "global.anthropic.claude-opus-4-1-20250805-v1:0,CLAUDE,401",
    "anthropic.claude-opus-4-6-v1,CLAUDE,406",
    "jp.anthropic.claude-sonnet-4-6,CLAUDE,406",
    "anthropic.claude-mythos-5,CLAUDE,500",
    "anthropic.claude-v2:1,CLAUDE,200",
    "anthropic.claude-instant-v1,CLAUDE,200",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-6,CLAUDE,406",
    "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0,NOVA,0",
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3,UNKNOWN,0",
    "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc,UNKNOWN,0",
    "qwen.qwen3-32b-v1:0,OTHER,0",
    "claude-sonnet,UNKNOWN,0",
  })
  void names(String name, Family family, int version) {
    BedrockModel model = BedrockModel.of(name);

    assertThat(model.family()).isEqualTo(family);
    assertThat(model.version()).isEqualTo(version);
  }
}
