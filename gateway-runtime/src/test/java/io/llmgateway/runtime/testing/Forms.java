package io.llmgateway.runtime.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Forms with a recording, in parts to be sent one after the other. */
public final class Forms {
  public static final String END = "\r\n--b1--\r\n";

  private Forms() {}

  public static String field(String name, String value) {
    return "--b1\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  /** What stands before the recording's bytes. */
  public static String file() {
    return "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
        + "Content-Type: audio/wav\r\n\r\n";
  }

  /**
   * @param framing the header that says how long the body is
   */
  public static String head(String framing) {
    return "POST /v1/audio/transcriptions HTTP/1.1\r\nhost: gw\r\nauthorization: Bearer good\r\n"
        + "content-type: multipart/form-data; boundary=b1\r\n"
        + framing
        + "\r\n\r\n";
  }

  public static String head(long length) {
    return head("content-length: " + length);
  }

  /** A whole form; other fields stand before and behind the recording. */
  public static byte[] of(String before, byte[] sound, String behind) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((before + file()).getBytes(UTF_8));
    all.writeBytes(sound);
    all.writeBytes(("\r\n" + behind + "--b1--\r\n").getBytes(UTF_8));
    return all.toByteArray();
  }

  /** A body in chunks of 1 to {@code longest} bytes. */
  public static byte[] chunked(byte[] body, int longest, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : Packets.of(body, longest, random)) {
      out.writeBytes((Integer.toHexString(piece.length) + "\r\n").getBytes(UTF_8));
      out.writeBytes(piece);
      out.writeBytes("\r\n".getBytes(UTF_8));
    }
    out.writeBytes("0\r\n\r\n".getBytes(UTF_8));
    return out.toByteArray();
  }
}
