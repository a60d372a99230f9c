package io.llmgateway.runtime.provider.gemini;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of tool calls. Clients need them; Gemini tells its calls apart by their order where it gives
 * none itself. Those that are made here are known again by their beginning, and stay here.
 */
final class CallIds {
  private static final String MADE = "call_gw_";

  private CallIds() {}

  static String make() {
    byte[] random = new byte[12];
    ThreadLocalRandom.current().nextBytes(random);
    return MADE + HexFormat.of().formatHex(random);
  }

  static boolean isMade(String id) {
    return id.startsWith(MADE);
  }
}
