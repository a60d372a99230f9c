package io.llmgateway.runtime.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An upstream that does, byte for byte, what its script says. */
public final class StubUpstream implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /** The requests as they came. */
  public final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  public record Request(String head, byte[] body) {
    public String text() {
      return new String(body, UTF_8);
    }
  }

  /** Called for each connection; when it returns, the connection is closed. */
  public interface Script {
    void run(Connection connection) throws Exception;
  }

  public StubUpstream(Script script) {
    this(script, open());
  }

  public StubUpstream(Script script, ServerSocket listener) {
    this.script = script;
    this.listener = listener;
    Thread.ofVirtual().start(this::accept);
  }

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers every request with these bytes. */
  public static StubUpstream answering(String bytes) {
    return answering(bytes.getBytes(UTF_8));
  }

  public static StubUpstream answering(byte[] bytes) {
    return new StubUpstream(
        connection -> {
          while (connection.request() != null) {
            connection.write(bytes);
          }
        });
  }

  /** A whole reply with this JSON. */
  public static String json(String body) {
    return reply("200 OK", "content-type: application/json\r\n", body);
  }

  public static String reply(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + headers
        + "content-length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** The head of a stream of events, in chunks. */
  public static final String EVENTS =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

  public static String chunk(String data) {
    return Integer.toHexString(data.getBytes(UTF_8).length) + "\r\n" + data + "\r\n";
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.run(new Connection(number, socket, socket.getInputStream(), socket.getOutputStream()));
    } catch (Exception e) {
      // The other side has left; what it saw is what tests look at.
      assert number > 0;
    }
  }

  public int connections() {
    return connections.get();
  }

  /** Connections that neither side has closed. */
  public long openConnections() {
    return sockets.stream().filter(s -> !s.isClosed()).count();
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the gateway's connections, as the script has it. */
  public final class Connection {
    /** 1 for the first. */
    public final int number;

    public final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private String head = "";

    Connection(int number, Socket socket, InputStream in, OutputStream out) {
      this.number = number;
      this.socket = socket;
      this.in = in;
      this.out = out;
    }

    /** The next request, null when the other side has closed. */
    public @Nullable Request request() throws IOException {
      String head = head();
      if (head == null) {
        return null;
      }
      Request request = new Request(head, body());
      requests.add(request);
      return request;
    }

    /** The next request's head; its body is left to be read. */
    public @Nullable String head() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          return null;
        }
        bytes.write(b);
      }
      head = bytes.toString(ISO_8859_1);
      return head;
    }

    /**
     * The body of the request whose head was read.
     *
     * @throws EOFException when it is not whole
     */
    public byte[] body() throws IOException {
      String lower = head.toLowerCase(Locale.ROOT);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
        int length;
        do {
          length = Integer.parseInt(line(), 16);
          body.write(exactly(length));
          line();
        } while (length > 0);
        return body.toByteArray();
      }
      int at = lower.indexOf("content-length: ");
      return exactly(
          at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)).strip()));
    }

    private byte[] exactly(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the request was cut");
      }
      return bytes;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      int b;
      while ((b = in.read()) != '\n') {
        if (b < 0) {
          throw new EOFException("the request was cut");
        }
        line.append((char) b);
      }
      return line.toString().strip();
    }

    public Connection write(String text) throws IOException {
      return write(text.getBytes(UTF_8));
    }

    public Connection write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
      return this;
    }

    /** Until the other side has closed. */
    public void awaitClose() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
