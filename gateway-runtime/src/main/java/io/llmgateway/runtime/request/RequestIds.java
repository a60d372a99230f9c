package io.llmgateway.runtime.request;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Names of requests: the client's own when it is harmless, else a new one. */
final class RequestIds {
  private static final int MAX_CHARS = 128;

  private RequestIds() {}

  static String of(@Nullable String fromClient, RandomGenerator random) {
    if (fromClient != null && harmless(fromClient)) {
      return fromClient;
    }
    HexFormat hex = HexFormat.of();
    return "req_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /** It stands in logs and headers, so only what means nothing there. */
  private static boolean harmless(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "-_.:/+=".indexOf(c) < 0) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= MAX_CHARS;
  }
}
