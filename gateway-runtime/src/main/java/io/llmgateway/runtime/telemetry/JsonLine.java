package io.llmgateway.runtime.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one flat JSON object and a line feed into a buffer that is used again for the next: a
 * request's log line costs no garbage. Whatever the text holds, the line is valid JSON in UTF-8.
 */
final class JsonLine {
  /** Longer texts are cut: no caller may fill the log with a path. */
  static final int MAX_TEXT = 512;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  /** A character becomes at most the six bytes of an escape. */
  private static final int MAX_FIELD = 6 * MAX_TEXT + 64;

  private byte[] bytes = new byte[1024];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void begin() {
    length = 0;
    bytes[length++] = '{';
  }

  void end() {
    reserve();
    bytes[length++] = '}';
    bytes[length++] = '\n';
  }

  /** Nothing when there is no value. */
  void text(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      bytes[length++] = '"';
      escaped(value, Math.min(value.length(), MAX_TEXT));
      bytes[length++] = '"';
    }
  }

  void number(String name, long value) {
    name(name);
    decimal(value);
  }

  void flag(String name, boolean value) {
    name(name);
    raw(value ? TRUE : FALSE);
  }

  /**
   * In milliseconds with three decimals.
   *
   * @param nanos negative: there is none, and nothing is written
   */
  void millis(String name, long nanos) {
    if (nanos < 0) {
      return;
    }
    name(name);
    long micros = nanos / 1000;
    decimal(micros / 1000);
    bytes[length++] = '.';
    int rest = (int) (micros % 1000);
    bytes[length++] = (byte) ('0' + rest / 100);
    bytes[length++] = (byte) ('0' + rest / 10 % 10);
    bytes[length++] = (byte) ('0' + rest % 10);
  }

  /** Names are ours: ASCII without anything to escape. */
  private void name(String name) {
    reserve();
    if (length > 1) {
      bytes[length++] = ',';
    }
    bytes[length++] = '"';
    for (int i = 0; i < name.length(); i++) {
      bytes[length++] = (byte) name.charAt(i);
    }
    bytes[length++] = '"';
    bytes[length++] = ':';
  }

  private void reserve() {
    if (bytes.length - length < MAX_FIELD) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2 + MAX_FIELD);
    }
  }

  private void escaped(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        if (c == '"' || c == '\\') {
          bytes[length++] = '\\';
        }
        bytes[length++] = (byte) c;
      } else if (c < 0x80) {
        control(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xc0 | c >> 6);
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        fourBytes(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        threeBytes(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
  }

  private void control(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    bytes[length++] = '0';
    bytes[length++] = '0';
    bytes[length++] = HEX[c >> 4];
    bytes[length++] = HEX[c & 0xf];
  }

  private void threeBytes(char c) {
    bytes[length++] = (byte) (0xe0 | c >> 12);
    bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
    bytes[length++] = (byte) (0x80 | (c & 0x3f));
  }

  private void fourBytes(int codePoint) {
    bytes[length++] = (byte) (0xf0 | codePoint >> 18);
    bytes[length++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
    bytes[length++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private void decimal(long value) {
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
    }
    int start = length;
    do {
      bytes[length++] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    for (int i = start, j = length - 1; i < j; i++, j--) {
      byte b = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = b;
    }
  }

  private void raw(byte[] text) {
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }
}
