package io.llmgateway.systemtests.streams;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** As much of HTTP as a scripted upstream needs. */
final class RequestReader {
  private RequestReader() {}

  /** Reads one request with a Content-Length; false when the connection ended before one began. */
  static boolean skipRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        if (head.isEmpty()) {
          return false;
        }
        throw new EOFException("in the head of a request");
      }
      head.append((char) b);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:") + "content-length:".length();
    int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)).strip());
    in.skipNBytes(length);
    return true;
  }
}
