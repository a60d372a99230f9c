package io.llmgateway.systemtests.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Requests that went wrong on their way, or were made to. */
final class Mutations {
  private static final String VALID =
      "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüße \\u4e16\\u754c\"}],"
          + "\"temperature\":0.5,\"stop\":[\"a\",\"b\"],\"metadata\":{\"k\":{\"l\":[1,2,{}]}},"
          + "\"stream\":false}";
  private static final String[] FRAGMENTS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "null",
    "true",
    "1e999",
    "-",
    "\\u0000",
    "\\ud800",
    "\u0000",
    "\"model\":\"other\",",
    "\"model\":7,",
    "\"stream\":true,",
    "\"stream\":\"yes\",",
    "NaN",
    "//x\n",
    "[".repeat(300),
    "{\"a\":".repeat(300),
    "\"stream_options\":{\"include_usage\":true},",
    "\uFEFF"
  };
  private static final String[] HEADERS = {
    "Content-Type: application/json",
    "Content-Type: text/plain",
    "Content-Type: application/json; charset=utf-16",
    "Content-Encoding: gzip",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999",
    "Expect: 100-continue",
    "Expect: miracles",
    "Connection: upgrade, close",
    "Upgrade: h2c",
    "Authorization: Basic eDp5",
    "Authorization:",
    "x-api-key: sk-other",
    "api-key: \u00e4\u00f6",
    "X-Request-Id: \u0001\u0002",
    "X-Request-Id: " + "r".repeat(5000),
    "Cookie: " + "c".repeat(3000),
    "Host: other",
    ": no name",
    "No colon at all",
    " folded: yes",
    "Bad Name: x"
  };

  private final Random random;
  private final String key;

  Mutations(Random random, String key) {
    this.random = random;
    this.key = key;
  }

  byte[] body() {
    byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
    for (int times = random.nextInt(4); times > 0; times--) {
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> flip(bytes);
            case 1 -> cut(bytes);
            case 2 -> insert(bytes, random(random.nextInt(20)));
            case 3 ->
                insert(
                    bytes,
                    FRAGMENTS[random.nextInt(FRAGMENTS.length)].getBytes(StandardCharsets.UTF_8));
            default -> random(random.nextInt(400));
          };
    }
    return bytes;
  }

  /** A whole request around the body, with headers as they should be. */
  byte[] request(byte[] body) {
    return join(head("").getBytes(StandardCharsets.ISO_8859_1), body, body.length);
  }

  /** A whole request around the body, with headers as they should not be. */
  byte[] requestWithBadHeaders(byte[] body) {
    StringBuilder more = new StringBuilder();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      more.append(HEADERS[random.nextInt(HEADERS.length)]).append("\r\n");
    }
    byte[] head = head(more.toString()).getBytes(StandardCharsets.ISO_8859_1);
    return join(random.nextInt(4) == 0 ? flip(head) : head, body, body.length);
  }

  private String head(String more) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
        + "Authorization: Bearer "
        + key
        + "\r\n"
        + (more.contains("Content-Type") ? "" : "Content-Type: application/json\r\n")
        + more;
  }

  private static byte[] join(byte[] head, byte[] body, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    out.writeBytes(
        ("Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private byte[] flip(byte[] bytes) {
    byte[] copy = bytes.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    }
    return copy;
  }

  private byte[] cut(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  private byte[] insert(byte[] bytes, byte[] more) {
    int at = random.nextInt(bytes.length + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(more);
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
