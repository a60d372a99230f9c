package io.llmgateway.systemtests.sdk;

import org.jspecify.annotations.Nullable;

/** What {@link ToolTalkStub} says. */
final class TalkReplies {
  static final String ANTHROPIC_WHOLE =
      """
      {"id":"msg_01","type":"message","role":"assistant","model":"claude-opus-4-7","content":[
        {"type":"text","text":"Grüße, 世界"}],"stop_reason":"end_turn","stop_sequence":null,
       "usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":5,
        "cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":3},
        "output_tokens":20,"service_tier":"standard"}}""";

  private static final String START =
      event(
          "message_start",
          "\"message\":{\"id\":\"msg_01\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
              + "\"claude-opus-4-7\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
              + "\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":0,"
              + "\"cache_read_input_tokens\":5,\"output_tokens\":1}}");

  static final String ANTHROPIC_TOOL =
      START
          + begin(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
          + event("ping", null)
          + delta(0, "\"thinking_delta\",\"thinking\":\"I should look.\"")
          + delta(0, "\"signature_delta\",\"signature\":\"EqQBCgIYAhIM\"")
          + end(0)
          + begin(
              1,
              "{\"type\":\"tool_use\",\"id\":\"toolu_01\",\"name\":\"get_current_weather\","
                  + "\"input\":{}}")
          + delta(1, "\"input_json_delta\",\"partial_json\":\"{\\\"location\\\":\"")
          + delta(1, "\"input_json_delta\",\"partial_json\":\" \\\"Boston\\\"}\"")
          + end(1)
          + stop("tool_use");

  static final String ANTHROPIC_ANSWER =
      START
          + begin(0, "{\"type\":\"text\",\"text\":\"\"}")
          + delta(0, "\"text_delta\",\"text\":\"It is \"")
          + delta(0, "\"text_delta\",\"text\":\"22 degrees.\"")
          + end(0)
          + stop("end_turn");

  static final String ANTHROPIC_BROKEN =
      START
          + begin(0, "{\"type\":\"text\",\"text\":\"\"}")
          + delta(0, "\"text_delta\",\"text\":\"It is \"");

  static final String OPENAI_ANSWER =
      chunk("{\"role\":\"assistant\",\"content\":\"It is \"}", "null")
          + chunk("{\"content\":\"22 degrees.\"}", "null")
          + chunk("{}", "\"stop\"")
          + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\","
          + "\"choices\":[],\"usage\":{\"prompt_tokens\":15,\"completion_tokens\":20,"
          + "\"total_tokens\":35}}\n\n"
          + "data: [DONE]\n\n";

  private TalkReplies() {}

  private static String chunk(String delta, String finishReason) {
    return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finishReason
        + "}]}\n\n";
  }

  private static String begin(int index, String block) {
    return event("content_block_start", "\"index\":" + index + ",\"content_block\":" + block);
  }

  private static String delta(int index, String delta) {
    return event(
        "content_block_delta", "\"index\":" + index + ",\"delta\":{\"type\":" + delta + "}");
  }

  private static String end(int index) {
    return event("content_block_stop", "\"index\":" + index);
  }

  private static String stop(String reason) {
    return event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\""
                + reason
                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":20}")
        + event("message_stop", null);
  }

  private static String event(String type, @Nullable String members) {
    return "event: "
        + type
        + "\ndata: {\"type\":\""
        + type
        + "\""
        + (members == null ? "" : "," + members)
        + "}\n\n";
  }
}
