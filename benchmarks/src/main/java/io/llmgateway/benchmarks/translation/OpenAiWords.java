package io.llmgateway.benchmarks.translation;

import io.llmgateway.benchmarks.load.Answer;

/** Replies as OpenAI's API reference shows them. */
final class OpenAiWords {
  /** The text of every whole reply, in every API. */
  static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(6);

  static final String WHOLE =
      """
      {"id":"chatcmpl-b9f2","object":"chat.completion","created":1767225600,"model":"gpt-5",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null,\
      "annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":187,\
      "completion_tokens":64,"total_tokens":251,"prompt_tokens_details":{"cached_tokens":0},\
      "completion_tokens_details":{"reasoning_tokens":0}},"service_tier":"default",\
      "system_fingerprint":"fp_44709d6fcb"}"""
          .formatted(TEXT);

  private static final String HEAD =
      """
      data: {"id":"chatcmpl-b9f2","object":"chat.completion.chunk","created":1767225600,\
      "model":"gpt-5","service_tier":"default","system_fingerprint":"fp_44709d6fcb",""";

  static final Answer.Words STREAM =
      new TextWords(
          HEAD
              + """
              "choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},\
              "logprobs":null,"finish_reason":null}],"usage":null}

              """,
          HEAD + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"",
          "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n",
          HEAD
              + """
              "choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],\
              "usage":null}

              """
              + HEAD
              + """
              "choices":[],"usage":{"prompt_tokens":187,"completion_tokens":64,\
              "total_tokens":251,"prompt_tokens_details":{"cached_tokens":0},\
              "completion_tokens_details":{"reasoning_tokens":0}}}

              data: [DONE]

              """);

  private OpenAiWords() {}
}
