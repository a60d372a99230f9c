package io.llmgateway.benchmarks.translation;

import io.llmgateway.benchmarks.load.Answer;

/** Replies as the reference of Anthropic's Messages API shows them. */
final class AnthropicWords {
  static final String WHOLE =
      """
      {"model":"claude-sonnet-4-5","id":"msg_01XFDUDYJgAACzvnptvVoYEL","type":"message",\
      "role":"assistant","content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn",\
      "stop_sequence":null,"usage":{"input_tokens":187,"cache_creation_input_tokens":0,\
      "cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,\
      "ephemeral_1h_input_tokens":0},"output_tokens":64,"service_tier":"standard"}}"""
          .formatted(OpenAiWords.TEXT);

  static final Answer.Words STREAM =
      new TextWords(
          """
          event: message_start
          data: {"type":"message_start","message":{"model":"claude-sonnet-4-5",\
          "id":"msg_01XFDUDYJgAACzvnptvVoYEL","type":"message","role":"assistant","content":[],\
          "stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":187,\
          "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1,\
          "service_tier":"standard"}}}

          event: content_block_start
          data: {"type":"content_block_start","index":0,\
          "content_block":{"type":"text","text":""}}

          event: ping
          data: {"type": "ping"}

          """,
          """
          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\
          """,
          "\"}}\n\n",
          """
          event: content_block_stop
          data: {"type":"content_block_stop","index":0}

          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn",\
          "stop_sequence":null},"usage":{"input_tokens":187,"cache_creation_input_tokens":0,\
          "cache_read_input_tokens":0,"output_tokens":64}}

          event: message_stop
          data: {"type":"message_stop"}

          """);

  private AnthropicWords() {}
}
