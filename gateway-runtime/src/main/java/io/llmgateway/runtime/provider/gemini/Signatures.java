package io.llmgateway.runtime.provider.gemini;

import org.jspecify.annotations.Nullable;

/**
 * <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Thought signatures</a> on
 * their way through a client. A conversation may have begun at another provider, and Gemini refuses
 * the whole request for a signature that is not its own: those of thinking are marked.
 */
final class Signatures {
  /** What the documentation gives for a call whose signature is not known. */
  static final String UNKNOWN = "skip_thought_signature_validator";

  private static final String OURS = "gemini.";

  private Signatures() {}

  static String mark(String signature) {
    return OURS + signature;
  }

  /** As Gemini gave it; null when it did not. */
  static @Nullable String unmark(@Nullable String signature) {
    return signature != null && signature.startsWith(OURS)
        ? signature.substring(OURS.length())
        : null;
  }
}
