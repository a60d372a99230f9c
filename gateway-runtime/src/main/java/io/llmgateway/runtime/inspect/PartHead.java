package io.llmgateway.runtime.inspect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one part of a form (RFC 7578). What parsers read in more than one way is refused:
 * a gateway that checks one model while the upstream serves another would be no gateway.
 */
sealed interface PartHead {

  /**
   * @param plain the part's value is the bytes as they stand there
   */
  record Named(String name, boolean plain) implements PartHead {}

  /**
   * @param what what is wrong; no part of the body
   */
  record Malformed(String what) implements PartHead {}

  /** Encodings that encode nothing. */
  Set<String> PLAIN = Set.of("7bit", "8bit", "binary");

  /**
   * @param head from behind the boundary to the empty line, with it; a character is a byte
   */
  static PartHead of(String head) {
    String[] lines = head.substring(0, head.length() - 4).split("\r\n", -1);
    if (!lines[0].isBlank()) {
      return new Malformed("its boundary stands within one of its parts");
    }
    String disposition = null;
    boolean plain = true;
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i];
      int colon = line.indexOf(':');
      if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
        return new Malformed("a line of a part's headers does not end with CR LF");
      }
      if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        return new Malformed("a line of a part's headers is no header");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("content-disposition")) {
        if (disposition != null) {
          return new Malformed("one of its parts has two Content-Dispositions");
        }
        disposition = value;
      } else if (name.equals("content-transfer-encoding")) {
        plain &= PLAIN.contains(value.toLowerCase(Locale.ROOT));
      }
    }
    return disposition == null
        ? new Malformed("one of its parts has no Content-Disposition")
        : named(disposition, plain);
  }

  private static PartHead named(String disposition, boolean plain) {
    int at = disposition.indexOf(';');
    String type = (at < 0 ? disposition : disposition.substring(0, at)).strip();
    if (!type.equalsIgnoreCase("form-data")) {
      return new Malformed("the Content-Disposition of one of its parts is not form-data");
    }
    if (disposition.contains("\\\"")) {
      // To some, the quote ends the text; to others it is a part of it.
      return new Malformed("there is a backslash before a quote in a part's headers; write %22");
    }
    String name = null;
    while (at >= 0 && !disposition.substring(at + 1).isBlank()) {
      int equals = disposition.indexOf('=', at);
      int end = equals < 0 ? -1 : valueEnd(disposition, equals + 1);
      if (end < 0) {
        return new Malformed("a part's Content-Disposition is malformed");
      }
      String key = disposition.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
      if (key.equals("name*") || (key.equals("name") && name != null)) {
        return new Malformed("one of its parts has two names, or an encoded one");
      }
      if (key.equals("name")) {
        name = unquoted(disposition.substring(equals + 1, end).strip());
      }
      at = end < disposition.length() ? end : -1;
    }
    return name == null || name.indexOf('\\') >= 0
        ? new Malformed("one of its parts has no name, or one with a backslash")
        : new Named(name, plain);
  }

  /** Where the semicolon behind it is, or the end; -1: neither. */
  private static int valueEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int semicolon;
    if (at < text.length() && text.charAt(at) == '"') {
      int close = text.indexOf('"', at + 1);
      semicolon = close < 0 ? -1 : text.indexOf(';', close);
      int end = semicolon < 0 ? text.length() : semicolon;
      return close < 0 || !text.substring(close + 1, end).isBlank() ? -1 : end;
    }
    semicolon = text.indexOf(';', at);
    return semicolon < 0 ? text.length() : semicolon;
  }

  private static @Nullable String unquoted(String value) {
    String inner = value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    return inner.isEmpty() ? null : inner;
  }
}
