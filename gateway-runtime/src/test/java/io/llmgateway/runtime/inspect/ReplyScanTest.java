package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RandomJson;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReplyScanTest {
  private static final String[] USAGES = {
    "\"usage\" : null",
    "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}",
    "\"usage\": {\"x\":{\"prompt_tokens\":99},\"prompt_tokens\": 7 ,\"prompt_tokens_details\":"
        + "{\"cached_tokens\":2},\"completion_tokens\":3}"
  };
  private static final String[] CHOICES = {
    "\"choices\": [ ]", "\"choices\":[{\"usage\":{\"prompt_tokens\":1}}]", "\"choices\":7"
  };

  @Test
  void it_finds_what_a_parser_finds_and_cuts_the_usage_out() {
    Random random = new Random(3);
    RandomJson json = new RandomJson(random);
    ReplyScan scan = new ReplyScan();
    for (int i = 0; i < 20_000; i++) {
      String usage = USAGES[random.nextInt(USAGES.length)];
      String choices = CHOICES[random.nextInt(CHOICES.length)];
      String text = random.nextInt(4) == 0 ? json.object(choices) : json.object(usage, choices);
      byte[] bytes = text.getBytes(UTF_8);

      scan.reset();
      for (byte b : bytes) {
        scan.process(b);
      }

      ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(text);
      assertThat(scan.complete()).as(text).isTrue();
      assertThat(scan.usage()).as(text).isEqualTo(usageOf(tree));
      assertThat(scan.choicesEmpty())
          .as(text)
          .isEqualTo(tree.get("choices").isEmpty() && tree.get("choices").isArray());
      assertThat(scan.error()).as(text).isNull();
      assertThat(scan.usageIsNull())
          .as(text)
          .isEqualTo(tree.has("usage") && tree.get("usage").isNull());
      if (tree.has("usage")) {
        String rest =
            new String(bytes, 0, scan.usageStart(), UTF_8)
                + new String(Arrays.copyOfRange(bytes, scan.usageEnd(), bytes.length), UTF_8);
        tree.remove("usage");
        assertThat(JsonMapper.shared().readTree(rest)).as(text + " -> " + rest).isEqualTo(tree);
      }
    }
  }

  private static @Nullable Usage usageOf(JsonNode tree) {
    JsonNode usage = tree.path("usage");
    return usage.isObject()
        ? new Usage(
            usage.path("prompt_tokens").asLong(),
            usage.path("completion_tokens").asLong(),
            usage.at("/prompt_tokens_details/cached_tokens").asLong(0),
            0)
        : null;
  }

  @Test
  void any_bytes_at_all_are_survived() {
    Random random = new Random(4);
    byte[] alphabet = "{}[]\":,\\ nusage error1\u00ff".getBytes(UTF_8);
    ReplyScan scan = new ReplyScan();
    for (int i = 0; i < 50_000; i++) {
      scan.reset();
      int length = random.nextInt(60);
      for (int n = 0; n < length; n++) {
        scan.process(alphabet[random.nextInt(alphabet.length)]);
      }
      assertThat(scan.usageStart()).isBetween(0, Math.max(0, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "x", "{} {}", "{}}", "{\"a\":1", "\"{}\""})
  void what_is_no_object_is_not_complete(String text) {
    ReplyScan scan = new ReplyScan();
    for (byte b : text.getBytes(UTF_8)) {
      scan.process(b);
    }
    assertThat(scan.complete()).isFalse();
  }

  @Test
  void a_usage_or_an_error_of_any_length_costs_no_more_than_a_little_memory() {
    ReplyScan scan = new ReplyScan();
    for (byte b : ("{\"usage\":{\"x\":\"" + "y".repeat(1 << 20) + "\"}}").getBytes(UTF_8)) {
      scan.process(b);
    }
    assertThat(scan.usage()).isNull();
    assertThat(scan.complete()).isTrue();
  }

  @Test
  void whole_replies_are_read_by_a_parser() {
    ReplyFacts facts =
        ReplyFacts.of(
            Unpooled.copiedBuffer(
                "{\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":1e3},"
                    + "\"error\":{\"message\":\"m\",\"type\":\"rate_limit_error\",\"code\":null}}",
                UTF_8));

    assertThat(facts.valid()).isTrue();
    // What is no count is none, and less than nothing is nothing.
    assertThat(facts.usage()).isEqualTo(new Usage(0, 0, 0, 0));
    assertThat(facts.error()).isEqualTo(new UpstreamError("m", "rate_limit_error", null));
    assertThat(ReplyFacts.of(Unpooled.copiedBuffer("{\"a\":1}x", UTF_8)).valid()).isFalse();
  }

  @Test
  void an_errors_status_is_what_it_says_or_what_it_means() {
    assertThat(new UpstreamError("", null, "429").status()).isEqualTo(429);
    assertThat(new UpstreamError("", null, "200").status()).isEqualTo(502);
    assertThat(new UpstreamError("", "rate_limit_error", "x").status()).isEqualTo(429);
    assertThat(new UpstreamError("", null, "insufficient_quota").status()).isEqualTo(429);
    assertThat(new UpstreamError("", "invalid_request_error", null).status()).isEqualTo(400);
    assertThat(new UpstreamError("", null, "context_length_exceeded").status()).isEqualTo(400);
    assertThat(new UpstreamError("", "server_error", null).status()).isEqualTo(502);
    assertThat(new UpstreamError("", null, "invalid_api_key").refusesCredential()).isTrue();
    assertThat(new UpstreamError("", null, "403").refusesCredential()).isTrue();
    assertThat(new UpstreamError("", "authentication_error", null).refusesCredential()).isTrue();
    assertThat(new UpstreamError("", "invalid_request_error", null).refusesCredential()).isFalse();
  }
}
