package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.config.Sha256;

/** Ids of tool calls; another provider's may be such that Bedrock refuses them. */
final class ToolIds {
  private static final int LONGEST = 64;

  private static final boolean[] FITTING = new boolean[128];

  static {
    for (char c = 0; c < FITTING.length; c++) {
      FITTING[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_.:-".indexOf(c) >= 0;
    }
  }

  private ToolIds() {}

  /** The id itself where it fits, else one that is the same for a call and its result. */
  static String fit(String id) {
    return fits(id) ? id : "call_" + Sha256.hex(id.getBytes(UTF_8)).substring(0, 32);
  }

  private static boolean fits(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c >= FITTING.length || !FITTING[c]) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= LONGEST;
  }
}
