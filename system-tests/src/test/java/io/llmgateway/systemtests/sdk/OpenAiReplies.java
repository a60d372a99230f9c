package io.llmgateway.systemtests.sdk;

import java.util.Map;

/** Replies as OpenAI's API reference shows them, with fields that a gateway does not know. */
final class OpenAiReplies {
  private OpenAiReplies() {}

  static final String CHAT =
      """
      {
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion",
        "created": 1741569952,
        "model": "gpt-4.1-2025-04-14",
        "choices": [
          {
            "index": 0,
            "message": {
              "role": "assistant",
              "content": "{\\"answer\\":\\"Grüße, 世界\\"}",
              "refusal": null,
              "annotations": []
            },
            "logprobs": null,
            "finish_reason": "stop"
          }
        ],
        "usage": {
          "prompt_tokens": 19,
          "completion_tokens": 10,
          "total_tokens": 29,
          "prompt_tokens_details": {"cached_tokens": 4, "audio_tokens": 0},
          "completion_tokens_details": {"reasoning_tokens": 3, "audio_tokens": 0}
        },
        "service_tier": "default",
        "x_future_field": {"kept": true}
      }
      """;

  static final String TOOL_CALL =
      """
      {
        "id": "chatcmpl-abc123",
        "object": "chat.completion",
        "created": 1699896916,
        "model": "gpt-4.1-2025-04-14",
        "choices": [
          {
            "index": 0,
            "message": {
              "role": "assistant",
              "content": null,
              "tool_calls": [
                {
                  "id": "call_abc123",
                  "type": "function",
                  "function": {
                    "name": "get_current_weather",
                    "arguments": "{\\n\\"location\\": \\"Boston, MA\\"\\n}"
                  }
                }
              ]
            },
            "logprobs": null,
            "finish_reason": "tool_calls"
          }
        ],
        "usage": {"prompt_tokens": 82, "completion_tokens": 17, "total_tokens": 99}
      }
      """;

  private static final String CHUNK =
      "data: {\"id\":\"chatcmpl-123\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,"
          + "\"model\":\"gpt-4.1-mini\",\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":";

  private static String chunk(String delta, String finishReason, String rest) {
    return CHUNK
        + "[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":"
        + finishReason
        + "}]"
        + rest
        + "}\n\n";
  }

  private static String words(String rest) {
    return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null", rest)
        + chunk("{\"content\":\"Hello\"}", "null", rest)
        + chunk("{\"content\":\", 世界\"}", "null", rest)
        + chunk("{}", "\"stop\"", rest);
  }

  static final String STREAM = words("") + "data: [DONE]\n\n";

  static final String STREAM_WITH_USAGE =
      words(",\"usage\":null")
          + CHUNK
          + "[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}\n\n"
          + "data: [DONE]\n\n";

  static final String TOOL_CALL_STREAM =
      chunk(
              "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":"
                  + "\"call_1\",\"type\":\"function\",\"function\":{\"name\":"
                  + "\"get_current_weather\",\"arguments\":\"\"}}]}",
              "null",
              "")
          + chunk(
              "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"loc\"}}]}",
              "null",
              "")
          + chunk(
              "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                  + "\"ation\\\":\\\"Boston\\\"}\"}}]}",
              "null",
              "")
          + chunk("{}", "\"tool_calls\"", "")
          + "data: [DONE]\n\n";

  static final String COMPLETION =
      """
      {
        "id": "cmpl-uqkvlQyYK7bGYrRHQ0eXlWi7",
        "object": "text_completion",
        "created": 1589478378,
        "model": "gpt-3.5-turbo-instruct",
        "choices": [
          {"text": "\\n\\nThis is a test", "index": 0, "logprobs": null, "finish_reason": "length"}
        ],
        "usage": {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
      }
      """;

  /** 1.0, -2.0 and 0.5 as little-endian float32. */
  static final String EMBEDDING_BASE64 =
      """
      {
        "object": "list",
        "data": [{"object": "embedding", "index": 0, "embedding": "AACAPwAAAMAAAAA/"}],
        "model": "text-embedding-ada-002",
        "usage": {"prompt_tokens": 8, "total_tokens": 8}
      }
      """;

  private static final Map<Integer, String> TYPES =
      Map.of(
          400, "invalid_request_error",
          401, "invalid_request_error",
          404, "invalid_request_error",
          409, "invalid_request_error",
          422, "invalid_request_error",
          429, "tokens",
          500, "server_error",
          503, "server_error");

  static String error(int status) {
    return """
    {"error": {"message": "upstream says %d, key sk-pro*****WXYZ", "type": "%s", "param": null, \
    "code": "upstream_code_%d"}}
    """
        .formatted(status, TYPES.get(status), status);
  }
}
