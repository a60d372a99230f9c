package io.llmgateway.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * Where a message's head ends and how its body is framed.
 *
 * @param length of the head with the empty line at its end
 * @param contentLength 0 when the head has none
 */
record HeadScan(int length, long contentLength, boolean chunked) {
  private static final String LENGTH = "content-length:";
  private static final String ENCODING = "transfer-encoding:";

  /** Null while the empty line is not there yet. */
  static @Nullable HeadScan of(byte[] bytes, int available) {
    long contentLength = 0;
    boolean chunked = false;
    int start = 0;
    for (int i = 0; i < available; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      if (i - start <= 1) {
        return new HeadScan(i + 1, contentLength, chunked);
      }
      int letter = bytes[start] | 0x20;
      if (letter == 'c' && startsWith(bytes, start, i, LENGTH)) {
        contentLength = number(bytes, start + LENGTH.length(), i);
      } else if (letter == 't' && startsWith(bytes, start, i, ENCODING)) {
        chunked = true;
      }
      start = i + 1;
    }
    return null;
  }

  private static boolean startsWith(byte[] bytes, int start, int end, String lowerCase) {
    if (end - start < lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      int b = bytes[start + i];
      int lower = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
      if (lower != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] bytes, int start, int end) {
    long value = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        value = value * 10 + (bytes[i] - '0');
      }
    }
    return value;
  }
}
