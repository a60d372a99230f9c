package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.Converse.CLAUDE_4_5;
import static io.llmgateway.runtime.provider.bedrock.Converse.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.config.ProviderConfig.Bedrock.Guardrail;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Converse must get, in the words of its reference. */
class ConverseRequestTest {
  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void conversation(String name, String openAi, String converse) {
    assertThat(Converse.with(CLAUDE_4_5).body(openAi)).isEqualTo(json(converse));
  }

  static Stream<Arguments> conversations() {
    return Stream.of(
        arguments(
            "system and developer messages",
            """
            "messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":"Hi"},
              {"role":"developer","content":"Answer in French."}]
            """,
            """
            {"messages":[{"role":"user","content":[{"text":"Hi"}]}],
             "system":[{"text":"Be brief."},{"text":"Answer in French."}]}
            """),
        arguments(
            "turns that do not alternate become one; what is blank is left out",
            """
            "messages":[
              {"role":"user","content":"One"},
              {"role":"user","content":[{"type":"text","text":"  "},{"type":"text","text":"Two"}]},
              {"role":"assistant","content":""},
              {"role":"user","content":"Three"},
              {"role":"assistant","content":"Four"},
              {"role":"user","content":"Five"}]
            """,
            """
            {"messages":[
              {"role":"user","content":[{"text":"One"},{"text":"Two"},{"text":"Three"}]},
              {"role":"assistant","content":[{"text":"Four"}]},
              {"role":"user","content":[{"text":"Five"}]}]}
            """),
        arguments(
            "images as bytes and of S3",
            """
            "messages":[{"role":"user","content":[
              {"type":"text","text":"What is this?"},
              {"type":"image_url","image_url":{"url":"data:image/jpg;base64,/9j/4AA=","detail":"low"}},
              {"type":"image_url","image_url":{"url":"s3://bucket/cat.webp"}}]}]
            """,
            """
            {"messages":[{"role":"user","content":[
              {"text":"What is this?"},
              {"image":{"format":"jpeg","source":{"bytes":"/9j/4AA="}}},
              {"image":{"format":"webp","source":{"s3Location":{"uri":"s3://bucket/cat.webp"}}}}]}]}
            """),
        arguments(
            "documents have names that Bedrock takes, each its own, and a word on them",
            """
            "messages":[{"role":"user","content":[
              {"type":"file","file":{"filename":"Q1_report  (final).pdf","file_data":"data:application/pdf;base64,JVBERg=="}},
              {"type":"file","file":{"filename":"Q1_report (final).pdf","file_data":"data:application/pdf;base64,JVBERg=="}},
              {"type":"file","file":{"file_data":"data:text/plain;charset=utf-8;base64,SGk="}},
              {"type":"file","file":{"filename":"clip.mp4","file_data":"data:video/mp4;base64,AAAA"}}]}]
            """,
            """
            {"messages":[{"role":"user","content":[
              {"document":{"format":"pdf","name":"Q1-report (final)","source":{"bytes":"JVBERg=="}}},
              {"document":{"format":"pdf","name":"Q1-report (final) (2)","source":{"bytes":"JVBERg=="}}},
              {"document":{"format":"txt","name":"document","source":{"bytes":"SGk="}}},
              {"video":{"format":"mp4","source":{"bytes":"AAAA"}}},
              {"text":"Document: document"}]}]}
            """),
        arguments(
            "sound",
            """
            "messages":[{"role":"user","content":[
              {"type":"text","text":"Transcribe"},
              {"type":"input_audio","input_audio":{"format":"mp3","data":"SUQz"}}]}]
            """,
            """
            {"messages":[{"role":"user","content":[
              {"text":"Transcribe"},{"audio":{"format":"mp3","source":{"bytes":"SUQz"}}}]}]}
            """),
        arguments(
            "cache points, of which only the longer is said",
            """
            "messages":[
              {"role":"system","content":[{"type":"text","text":"Long","cache_control":{"type":"ephemeral","ttl":"1h"}}]},
              {"role":"user","content":[
                {"type":"text","text":"One","cache_control":{"type":"ephemeral","ttl":"5m"}},
                {"type":"text","text":" ","cache_control":{"type":"ephemeral"}},
                {"type":"text","text":"Two"}]}]
            """,
            """
            {"messages":[{"role":"user","content":[
               {"text":"One"},{"cachePoint":{"type":"default"}},{"cachePoint":{"type":"default"}},{"text":"Two"}]}],
             "system":[{"text":"Long"},{"cachePoint":{"type":"default","ttl":"1h"}}]}
            """),
        arguments(
            "thinking that was signed goes back, redacted thinking, too",
            """
            "messages":[
              {"role":"user","content":"Hi"},
              {"role":"assistant","content":"Hello","thinking_blocks":[
                {"type":"thinking","thinking":"A greeting.","signature":"c2ln"},
                {"type":"redacted_thinking","data":"ZGF0YQ=="}]},
              {"role":"assistant","content":"there","reasoning_content":"Nobody signed this."},
              {"role":"user","content":"Bye"}]
            """,
            """
            {"messages":[
              {"role":"user","content":[{"text":"Hi"}]},
              {"role":"assistant","content":[
                {"reasoningContent":{"reasoningText":{"text":"A greeting.","signature":"c2ln"}}},
                {"reasoningContent":{"redactedContent":"ZGF0YQ=="}},
                {"text":"Hello"},{"text":"there"}]},
              {"role":"user","content":[{"text":"Bye"}]}]}
            """),
        arguments(
            "parameters",
            HI
                + ",\"max_completion_tokens\":100,\"temperature\":0.5,\"top_p\":0.25,\"top_k\":40,"
                + "\"stop\":[\"END\",\"STOP\"],\"user\":\"u\",\"store\":false,"
                + "\"metadata\":{\"a\":\"b\"},\"service_tier\":\"flex\"",
            """
            {"messages":[{"role":"user","content":[{"text":"Hi"}]}],
             "inferenceConfig":{"maxTokens":100,"temperature":0.5,"topP":0.25,"stopSequences":["END","STOP"]},
             "additionalModelResponseFieldPaths":["/stop_sequence"],
             "additionalModelRequestFields":{"top_k":40},
             "serviceTier":{"type":"flex"}}
            """),
        arguments(
            "what the client says in Converse's own words",
            HI
                + ",\"top_k\":40,\"additionalModelRequestFields\":{\"top_k\":5,\"x\":[1]},"
                + "\"anthropic_beta\":[\"context-1m-2025-08-07\"],"
                + "\"performanceConfig\":{\"latency\":\"optimized\"},"
                + "\"requestMetadata\":{\"team\":\"a\"},"
                + "\"guardrailConfig\":{\"guardrailIdentifier\":\"gr1\",\"guardrailVersion\":\"1\"}",
            """
            {"messages":[{"role":"user","content":[{"text":"Hi"}]}],
             "additionalModelRequestFields":{"top_k":5,"anthropic_beta":["context-1m-2025-08-07"],"x":[1]},
             "performanceConfig":{"latency":"optimized"},
             "requestMetadata":{"team":"a"},
             "guardrailConfig":{"guardrailIdentifier":"gr1","guardrailVersion":"1"}}
            """));
  }

  @Test
  void guardrailOfTheBackend() {
    Converse guarded = Converse.guarded(new Guardrail("abc123", "DRAFT", "enabled", "async"));

    assertThat(guarded.body(HI).get("guardrailConfig"))
        .isEqualTo(
            json(
                """
                {"guardrailIdentifier":"abc123","guardrailVersion":"DRAFT","trace":"enabled"}
                """));
    assertThat(guarded.body(HI + ",\"stream\":true").get("guardrailConfig"))
        .isEqualTo(
            json(
                """
                {"guardrailIdentifier":"abc123","guardrailVersion":"DRAFT","trace":"enabled",
                 "streamProcessingMode":"async"}
                """));
    String other = HI + ",\"guardrailConfig\":{\"guardrailIdentifier\":\"mine\"}";
    assertThat(refused(guarded, other)).isEqualTo("guardrailConfig");
    assertThat(guarded.dropping().body(other).get("guardrailConfig").get("guardrailIdentifier"))
        .isEqualTo(json("\"abc123\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("paths")
  void path(String model, String stream, String path) {
    assertThat(
            Converse.with(model)
                .path(Converse.read("{\"model\":\"m\"," + HI + ",\"stream\":" + stream + "}")))
        .isEqualTo(path);
  }

  static Stream<Arguments> paths() {
    return Stream.of(
        arguments(
            CLAUDE_4_5, "false", "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse"),
        arguments(
            "eu.anthropic.claude-sonnet-4-6",
            "true",
            "/model/eu.anthropic.claude-sonnet-4-6/converse-stream"),
        arguments(
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3",
            "true",
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile"
                + "%2Fa1b2c3/converse-stream"));
  }

  @Test
  void profileGoesUpstreamInPlaceOfTheModel() {
    Converse profile =
        Converse.withProfile(
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3",
            CLAUDE_4_5);
    String members =
        HI + ",\"top_k\":3,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    assertThat(profile.path(Converse.read("{\"model\":\"m\"," + members + "}")))
        .isEqualTo(
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile"
                + "%2Fa1b2c3/converse");
    assertThat(profile.body(members).get("toolConfig").get("tools")).hasSize(1);
    assertThat(profile.body(members).get("additionalModelRequestFields"))
        .isEqualTo(json("{\"top_k\":3}"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusals")
  void refusal(String members, String param) {
    assertThat(refused(Converse.with(CLAUDE_4_5), members)).isEqualTo(param);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(HI + ",\"n\":2", "n"),
        arguments(HI + ",\"logprobs\":true", "logprobs"),
        arguments(HI + ",\"logit_bias\":{\"1\":2}", "logit_bias"),
        arguments(HI + ",\"seed\":7", "seed"),
        arguments(HI + ",\"frequency_penalty\":0.5", "frequency_penalty"),
        arguments(HI + ",\"presence_penalty\":0.5", "presence_penalty"),
        arguments(HI + ",\"temperature\":1.5", "temperature"),
        arguments(HI + ",\"service_tier\":\"scale\"", "service_tier"),
        arguments(HI + ",\"some_new_thing\":1", "some_new_thing"),
        arguments(HI + ",\"additionalModelRequestFields\":3", "additionalModelRequestFields"),
        arguments("\"messages\":[{\"role\":\"system\",\"content\":\"Hi\"}]", "messages"),
        arguments("\"messages\":[{\"role\":\"user\",\"content\":\" \"}]", "messages"),
        arguments(
            "\"messages\":[{\"role\":\"user\",\"name\":\"Bob\",\"content\":\"Hi\"}]",
            "messages[0].name"),
        arguments(
            "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"https://example.com/a.png\"}}]}]",
            "messages[0].content"),
        arguments(
            "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"data:image/tiff;base64,AA==\"}}]}]",
            "messages[0].content"),
        arguments(
            "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\","
                + "\"file\":{\"file_id\":\"file-1\"}}]}]",
            "messages[0].content"));
  }

  @Test
  void whatMayBeDroppedIs() {
    String members =
        HI + ",\"n\":2,\"seed\":7,\"logprobs\":true,\"temperature\":1.5,\"some_new_thing\":1";

    assertThat(Converse.with(CLAUDE_4_5).dropping().body(members))
        .isEqualTo(
            json(
                """
                {"messages":[{"role":"user","content":[{"text":"Hi"}]}],
                 "inferenceConfig":{"temperature":1.0}}
                """));
  }

  private static String refused(Converse converse, String members) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> converse.body(members));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.error().status()).isEqualTo(400);
    return String.valueOf(refused.error().param());
  }
}
