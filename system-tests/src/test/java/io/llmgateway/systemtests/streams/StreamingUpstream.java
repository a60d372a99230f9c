package io.llmgateway.systemtests.streams;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An upstream that streams the same numbered chunks to everybody, a pause between each two. */
public final class StreamingUpstream implements AutoCloseable {
  private final ServerSocket server;
  private final int chunks;
  private final Duration pause;

  public StreamingUpstream(int chunks, Duration pause) throws IOException {
    this.server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    this.chunks = chunks;
    this.pause = pause;
    Thread.ofVirtual().start(this::accept);
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      while (RequestReader.skipRequest(socket.getInputStream())) {
        OutputStream out = socket.getOutputStream();
        write(
            out,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
                + "\r\n");
        for (int i = 0; i < chunks; i++) {
          writeChunk(
              out,
              "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                  + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"n"
                  + i
                  + " \"},\"finish_reason\":null}]}\n\n");
          Thread.sleep(pause);
        }
        writeChunk(out, "data: [DONE]\n\n");
        write(out, "0\r\n\r\n");
      }
    } catch (SocketException e) {
      // The gateway closed an idle connection.
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeChunk(OutputStream out, String event) throws IOException {
    int length = event.getBytes(StandardCharsets.UTF_8).length;
    write(out, Integer.toHexString(length) + "\r\n" + event + "\r\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
