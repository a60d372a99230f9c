package io.llmgateway.benchmarks.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ConversationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void isAsLongAsAskedAndLittleLonger() {
    assertThat(Conversation.request("m", 100_000, false).length).isBetween(100_000, 104_000);
    assertThat(Conversation.request("m", 1_000_000, false).length).isBetween(1_000_000, 1_004_000);
    assertThat(Conversation.request("m", 0, false).length).isLessThan(4_000);
  }

  @Test
  void everyToolCallHasItsResult() {
    JsonNode request = JSON.readTree(Conversation.request("m", 100_000, true));
    List<String> called = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    for (JsonNode message : request.get("messages")) {
      message.path("tool_calls").forEach(call -> called.add(call.get("id").stringValue()));
      if (message.has("tool_call_id")) {
        answered.add(message.get("tool_call_id").stringValue());
      }
    }
    assertThat(called).hasSizeGreaterThan(20).doesNotHaveDuplicates().isEqualTo(answered);
    assertThat(request.get("stream").booleanValue()).isTrue();
    assertThat(request.get("tools")).hasSize(4);
  }
}
