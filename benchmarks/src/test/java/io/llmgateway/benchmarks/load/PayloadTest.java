package io.llmgateway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PayloadTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestsAreJsonOfTheSizeThatIsPublished(boolean stream) {
    byte[] request = Payload.request("some-model", stream);

    JsonNode json = JsonMapper.shared().readTree(request);
    assertThat(request).hasSize(855);
    assertThat(json.path("model").asString()).isEqualTo("some-model");
    assertThat(json.path("stream").asBoolean(false)).isEqualTo(stream);
  }

  @Test
  void theReplyIsJsonWithUsageOfTheSizeThatIsPublished() {
    assertThat(Payload.REPLY).hasSize(643);
    assertThat(JsonMapper.shared().readTree(Payload.REPLY).at("/usage/total_tokens").asInt())
        .isEqualTo(251);
  }
}
