package io.llmgateway.systemtests.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An upstream that does to each request something else that an upstream should not do. */
final class HostileUpstream implements AutoCloseable {
  private static final String JSON =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{\"choices\":1}";
  private static final String EVENTS =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
  private static final String EVENT = "12\r\ndata: {\"choices\":[]}\n\r\n";
  private static final String[] REPLIES = {
    JSON,
    "",
    "\u0000\u0001\u0002 garbage\r\n\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"half\":",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffff\r\n{",
    "HTTP/1.1 200 OK\r\nx: " + "y".repeat(100_000) + "\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 27\r\n\r\n{\"error\":{\"message\":\"busy\"}}",
    "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n\u001f\u008b\u0008",
    "HTTP/1.1 500 Oops\r\ncontent-length: 1000000\r\n\r\n" + "x".repeat(200_000),
    "HTTP/1.1 429 Slow\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n",
    JSON + JSON,
    EVENTS + EVENT + EVENT,
    EVENTS + EVENT + "8\r\ndata: {\"",
    EVENTS + "0\r\n\r\n",
    EVENTS + EVENT + "zz",
  };

  private final ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  HostileUpstream() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
  }

  private void accept() {
    try {
      for (int number = 0; true; number++) {
        Socket socket = listener.accept();
        sockets.add(socket);
        Random random = new Random(number);
        Thread.ofVirtual().start(() -> serve(socket, random));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private static void serve(Socket socket, Random random) {
    try (socket) {
      while (skipRequest(socket.getInputStream())) {
        int which = random.nextInt(REPLIES.length + 2);
        if (which == REPLIES.length) {
          socket.setSoLinger(true, 0);
          return;
        }
        if (which > REPLIES.length) {
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
          return;
        }
        byte[] reply = REPLIES[which].getBytes(StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write(reply);
        if (which != 0) {
          return;
        }
      }
    } catch (IOException e) {
      // The gateway has closed the connection.
    }
  }

  private static boolean skipRequest(InputStream in) throws IOException {
    int ends = 0;
    StringBuilder head = new StringBuilder();
    while (ends < 2) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
      head.append((char) b);
    }
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length: ") + 16;
    in.skipNBytes(Integer.parseInt(lower.substring(at, lower.indexOf('\r', at))));
    return true;
  }

  /** Connections that the gateway has not closed and the upstream has not either. */
  long openConnections() {
    return sockets.stream().filter(s -> !s.isClosed()).count();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
