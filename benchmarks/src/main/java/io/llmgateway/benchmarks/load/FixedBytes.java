package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** What the upstream sends, made once: writing it costs a reference count and a system call. */
final class FixedBytes {
  static final ByteBuf REPLY =
      bytes(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + Payload.REPLY_BYTES
              + "\r\n\r\n"
              + Payload.REPLY);

  static final ByteBuf STREAM_HEAD =
      bytes(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
              + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n");

  static final ByteBuf EVENT =
      chunk(
          """
          {"id":"chatcmpl-benchmark","object":"chat.completion.chunk","created":1767225600,\
          "model":"bench","choices":[{"index":0,"delta":{"content":" token"},\
          "logprobs":null,"finish_reason":null}]}""");

  static final ByteBuf USAGE =
      chunk(
          """
          {"id":"chatcmpl-benchmark","object":"chat.completion.chunk","created":1767225600,\
          "model":"bench","choices":[],"usage":{"prompt_tokens":187,\
          "completion_tokens":64,"total_tokens":251}}""");

  static final ByteBuf DONE = chunk("[DONE]");

  static final ByteBuf STREAM_END = bytes("0\r\n\r\n");

  private FixedBytes() {}

  private static ByteBuf chunk(String data) {
    String event = "data: " + data + "\n\n";
    return bytes(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  private static ByteBuf bytes(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuf direct = Unpooled.directBuffer(ascii.length).writeBytes(ascii);
    return Unpooled.unreleasableBuffer(direct.asReadOnly());
  }
}
