package io.llmgateway.runtime.provider.bedrock;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of one request's documents: Bedrock wants each to have one that no other has, of letters,
 * digits, single spaces, hyphens, parentheses and square brackets.
 */
final class DocumentNames {
  private static final int MAX_CHARS = 190;

  /** The format says it already, and a dot is not allowed. */
  private static final Pattern ENDING =
      Pattern.compile("(?i)\\.(pdf|csv|docx?|xlsx?|html?|txt|md)$");

  private final Set<String> given = new HashSet<>();

  /**
   * @param title as the client has it
   */
  String name(@Nullable String title) {
    String name = title == null ? "" : fit(ENDING.matcher(title).replaceFirst(""));
    if (name.isEmpty()) {
      name = "document";
    }
    String unique = name;
    for (int i = 2; !given.add(unique); i++) {
      unique = name + " (" + i + ")";
    }
    return unique;
  }

  private static String fit(String title) {
    StringBuilder out = new StringBuilder(title.length());
    for (int i = 0; i < title.length() && out.length() < MAX_CHARS; i++) {
      char c = title.charAt(i);
      boolean space = Character.isWhitespace(c);
      if (space && (out.isEmpty() || out.charAt(out.length() - 1) == ' ')) {
        continue;
      }
      out.append(space ? ' ' : allowed(c) ? c : '-');
    }
    return out.toString().strip();
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-()[]".indexOf(c) >= 0;
  }
}
