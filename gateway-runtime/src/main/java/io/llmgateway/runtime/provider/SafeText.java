package io.llmgateway.runtime.provider;

import org.jspecify.annotations.Nullable;

/** Text of an upstream, made fit for a client's eyes. */
public final class SafeText {
  private static final int MAX_CHARS = 512;

  private SafeText() {}

  /**
   * Without control characters and without the gateway's credential, and of bounded length.
   *
   * @param ifEmpty what stands for no text
   */
  public static String of(String text, @Nullable String credential, String ifEmpty) {
    String safe =
        credential == null || credential.isEmpty() ? text : text.replace(credential, "***");
    StringBuilder out = new StringBuilder(Math.min(safe.length(), MAX_CHARS) + 1);
    for (int i = 0; i < safe.length() && i < MAX_CHARS; i++) {
      char c = safe.charAt(i);
      out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
    }
    if (safe.length() > MAX_CHARS) {
      out.append('…');
    }
    String result = out.toString().strip();
    return result.isEmpty() ? ifEmpty : result;
  }
}
