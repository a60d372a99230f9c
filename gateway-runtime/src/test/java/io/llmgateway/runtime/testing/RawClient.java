package io.llmgateway.runtime.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends and reads exact bytes. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) {
    this(connect(port));
  }

  public RawClient(Socket socket) {
    this.socket = socket;
    try {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      this.in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connect(int port) {
    try {
      return new Socket("127.0.0.1", port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param body as it is to be read
   * @param headers names in lower case
   */
  public record Reply(int status, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, UTF_8);
    }

    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  public RawClient send(String text) {
    return send(text.getBytes(UTF_8));
  }

  public RawClient send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawClient post(String path, String body) {
    return post(path, body, "");
  }

  public RawClient post(String path, String body, String moreHeaders) {
    byte[] bytes = body.getBytes(UTF_8);
    return send("POST "
            + path
            + " HTTP/1.1\r\nhost: gw\r\nauthorization: Bearer good\r\n"
            + "content-type: application/json\r\n"
            + moreHeaders
            + "content-length: "
            + bytes.length
            + "\r\n\r\n")
        .send(bytes);
  }

  public RawClient chat(String body) {
    return post("/v1/chat/completions", body);
  }

  public RawClient get(String path) {
    return send("GET " + path + " HTTP/1.1\r\nhost: gw\r\nauthorization: Bearer good\r\n\r\n");
  }

  public Reply reply() {
    try {
      Reply head = head();
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (head.header("transfer-encoding").equals("chunked")) {
        byte[] chunk;
        while ((chunk = chunk()).length > 0) {
          body.write(chunk);
        }
      } else if (head.headers().containsKey("content-length")) {
        body.write(exactly(Integer.parseInt(head.header("content-length"))));
      } else {
        in.transferTo(body);
      }
      return new Reply(head.status(), head.headers(), body.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Status and headers; the body is left to be read. */
  public Reply head() {
    try {
      String status = line();
      Map<String, String> headers = new TreeMap<>();
      String field;
      while (!(field = line()).isEmpty()) {
        int colon = field.indexOf(':');
        headers.put(
            field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
      }
      return new Reply(Integer.parseInt(status.split(" ", -1)[1]), headers, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One chunk's data; empty for the last. */
  public byte[] chunk() throws IOException {
    byte[] data = exactly(Integer.parseInt(line(), 16));
    line();
    return data;
  }

  /** Whether the server has closed the connection, after at most the socket's time-out. */
  public boolean closedByServer() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  public InputStream in() {
    return in;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the reply was cut");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) != '\n') {
      if (b < 0) {
        throw new EOFException("the reply was cut");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
