package io.llmgateway.systemtests.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request as exact bytes over its own connection, and whatever comes back. */
final class RawHttp {
  private static final int TIMEOUT_MILLIS = 20_000;

  private RawHttp() {}

  /**
   * @param status 0 when the server closed without an answer
   * @param head status line and headers, in lower case
   */
  record Answer(int status, String head, String body) {}

  /** Sends the bytes, ends its side, and reads until the server ends its own. */
  static Answer exchange(int port, byte[] request) throws IOException {
    return exchange(port, request, true);
  }

  /** Sends the bytes, and reads until the server ends the connection. */
  static Answer ask(int port, byte[] request) throws IOException {
    return exchange(port, request, false);
  }

  private static Answer exchange(int port, byte[] request, boolean endsItsSide) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      socket.getOutputStream().write(request);
                      if (endsItsSide) {
                        socket.shutdownOutput();
                      }
                    } catch (IOException e) {
                      // The server may refuse before it has read everything; its answer counts.
                    }
                  });
      Answer answer = parse(readAll(socket.getInputStream()));
      writer.interrupt();
      return answer;
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
      }
    } catch (java.net.SocketException e) {
      if (bytes.size() == 0) {
        return new byte[0];
      }
    }
    return bytes.toByteArray();
  }

  private static Answer parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.startsWith("HTTP/1.1 ")) {
      return new Answer(0, text, "");
    }
    int status = Integer.parseInt(text.substring(9, 12));
    int end = text.indexOf("\r\n\r\n");
    if (status == 100) {
      return parse(text.substring(end + 4).getBytes(StandardCharsets.UTF_8));
    }
    return new Answer(
        status, text.substring(0, end).toLowerCase(Locale.ROOT), text.substring(end + 4));
  }
}
