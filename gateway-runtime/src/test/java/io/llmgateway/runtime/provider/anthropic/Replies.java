package io.llmgateway.runtime.provider.anthropic;

/** Replies as the public documentation shows them. */
final class Replies {
  static final String WHOLE =
      """
      {"model":"claude-opus-4-7","id":"msg_01","type":"message","role":"assistant","content":[
        {"type":"thinking","thinking":"Hm","signature":"EqQB"},
        {"type":"redacted_thinking","data":"EmwK"},
        {"type":"text","text":"It is sunny.","citations":[{"type":"char_location",
          "cited_text":"sunny","document_index":0,"document_title":null,"start_char_index":0,
          "end_char_index":5}]},
        {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"x"}},
        {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city": "Köln"}},
        {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],
       "stop_reason":"tool_use","stop_sequence":null,"stop_details":null,
       "usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":5,
        "cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":3},
        "output_tokens":20,"output_tokens_details":{"thinking_tokens":6},"service_tier":"standard"}}
      """;

  static final String STREAM =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","content":[],"model":"claude-opus-4-7","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":3},"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

      event: ping
      data: {"type": "ping"}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"H"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"m"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: content_block_start
      data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"EmwK"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":1}

      event: content_block_start
      data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Es ist schön 🌞"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"x"}}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":2}

      event: content_block_start
      data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"Kö"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"ln\\"}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":3}

      event: content_block_start
      data: {"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"toolu_2","name":"now","input":{}}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":4}

      event: something_new
      data: {"type":"something_new","of":["later"]}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":20,"output_tokens_details":{"thinking_tokens":6}}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  static final String OVERLOADED =
      """
      event: error
      data: {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

      """;

  private Replies() {}

  /** The stream up to and including its text. */
  static String begun() {
    return STREAM.substring(
        0,
        STREAM.indexOf(
            "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":3"));
  }

  static String error(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_011\"}"
        .formatted(type, message);
  }
}
