package io.llmgateway.runtime.face.anthropic;

import org.jspecify.annotations.Nullable;

/**
 * The signature that a provider (Gemini) gives a tool call and wants back with it. The API has no
 * member for one; but its clients return {@code redacted_thinking} unread and at its place, so it
 * goes to them in such a block just before the call.
 */
final class ToolSignatures {
  private static final String PREFIX = "tool-signature:";

  private ToolSignatures() {}

  static String hidden(String signature) {
    return PREFIX + signature;
  }

  /** Null when the data is a provider's own redacted thinking. */
  static @Nullable String found(String data) {
    return data.startsWith(PREFIX) ? data.substring(PREFIX.length()) : null;
  }
}
