package io.llmgateway.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** The bodies that every measurement sends and gets. */
public final class Payload {
  /** Bytes of {@link #request}. */
  public static final int REQUEST_BYTES = 855;

  /** Bytes of {@link #REPLY}. */
  public static final int REPLY_BYTES = 643;

  private static final String WORDS =
      "The quick brown fox jumps over the lazy dog, and then rests. ";

  static final String REPLY =
      padded(
          """
          {"id":"chatcmpl-benchmark","object":"chat.completion","created":1767225600,"model":"bench",\
          "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
          "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":187,\
          "completion_tokens":64,"total_tokens":251,"prompt_tokens_details":{"cached_tokens":0},\
          "completion_tokens_details":{"reasoning_tokens":0}}}""",
          REPLY_BYTES);

  private Payload() {}

  /**
   * A chat completion request of {@link #REQUEST_BYTES} bytes.
   *
   * @param model a name without characters that JSON escapes
   */
  public static byte[] request(String model, boolean stream) {
    String template =
        "{\"model\":\""
            + model
            + "\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"},"
            + "{\"role\":\"user\",\"content\":\"%s\"}],\"temperature\":0.2,\"max_tokens\":256"
            + (stream ? ",\"stream\":true}" : "}");
    return padded(template, REQUEST_BYTES).getBytes(StandardCharsets.US_ASCII);
  }

  private static String padded(String template, int bytes) {
    int missing = bytes - (template.length() - 2);
    return template.replace("%s", WORDS.repeat(missing / WORDS.length() + 1).substring(0, missing));
  }
}
