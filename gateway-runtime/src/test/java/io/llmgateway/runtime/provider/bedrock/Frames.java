package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/**
 * Writes frames as the <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">specification of
 * the encoding</a> says, by no library's help.
 */
public final class Frames {
  private static final int STRING = 7;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] frame(byte[] payload, String... headers) {
    try {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(head);
      for (int i = 0; i < headers.length; i += 2) {
        byte[] name = headers[i].getBytes(UTF_8);
        fields.writeByte(name.length);
        fields.write(name);
        fields.writeByte(STRING);
        byte[] value = headers[i + 1].getBytes(UTF_8);
        fields.writeShort(value.length);
        fields.write(value);
      }
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      DataOutputStream all = new DataOutputStream(frame);
      all.writeInt(12 + head.size() + payload.length + 4);
      all.writeInt(head.size());
      all.writeInt(crc(frame.toByteArray()));
      all.write(head.toByteArray());
      all.write(payload);
      all.writeInt(crc(frame.toByteArray()));
      return frame.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  public static byte[] event(String type, String json) {
    return frame(
        json.getBytes(UTF_8),
        ":event-type",
        type,
        ":content-type",
        "application/json",
        ":message-type",
        "event");
  }

  static byte[] exception(String type, String json) {
    return frame(
        json.getBytes(UTF_8),
        ":exception-type",
        type,
        ":content-type",
        "application/json",
        ":message-type",
        "exception");
  }

  Frames with(String type, String json) {
    return with(event(type, json));
  }

  Frames with(byte[] frame) {
    out.writeBytes(frame);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
