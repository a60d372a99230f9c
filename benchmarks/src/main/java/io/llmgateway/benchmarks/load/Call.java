package io.llmgateway.benchmarks.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One HTTP request as bytes, and where it goes.
 *
 * @param request head and body; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Call(InetSocketAddress address, byte[] request) {

  /** A POST of JSON to a server on loopback. */
  public static Call post(int port, String path, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] headBytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, request, 0, headBytes.length);
    System.arraycopy(body, 0, request, headBytes.length, body.length);
    return new Call(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), request);
  }
}
