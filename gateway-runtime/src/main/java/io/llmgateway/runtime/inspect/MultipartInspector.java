package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the gateway must know from a {@code multipart/form-data} body (RFC 7578): the fields
 * {@code model} and {@code stream}. Files go by unread.
 */
public final class MultipartInspector {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data\\s*;.*?boundary=(?:\"([^\"\\r\\n]{1,200})\"|([^;\\s\"]{1,200})).*");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?i)content-disposition:\\s*form-data\\b[^\\r\\n]*?;\\s*name=\"?([^\";\\r\\n]*)");
  private static final int MAX_PART_HEADERS = 8 * 1024;
  private static final int MAX_MODEL_BYTES = 256;

  private final ByteBuf body;
  private final byte[] delimiter;
  private int modelStart = -1;
  private int modelEnd;
  private boolean stream;

  private MultipartInspector(ByteBuf body, String boundary) {
    this.body = body;
    this.delimiter = ("--" + boundary).getBytes(UTF_8);
  }

  /**
   * @param body contiguous; its indices stay
   * @param contentType the request's
   */
  public static Inspected inspect(ByteBuf body, @Nullable String contentType) {
    Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!matcher.matches()) {
      return new Inspected.Invalid(Errors.notMultipart());
    }
    String quoted = matcher.group(1);
    return new MultipartInspector(body.slice(), quoted == null ? matcher.group(2) : quoted).read();
  }

  private Inspected read() {
    int delimiterAt = find(delimiter, 0);
    if (delimiterAt < 0) {
      return new Inspected.Invalid(Errors.malformedMultipart("its boundary is not in it"));
    }
    while (true) {
      int head = delimiterAt + delimiter.length;
      if (startsWith(head, "--")) {
        break;
      }
      int value = valueAfter(head);
      int end = value < 0 ? -1 : find(lineAndDelimiter(), value);
      if (value < 0 || end < 0) {
        return new Inspected.Invalid(Errors.malformedMultipart("one of its parts does not end"));
      }
      String name = name(head, value);
      if (name.equals("model")) {
        if (modelStart >= 0) {
          return new Inspected.Invalid(Errors.duplicate("model"));
        }
        modelStart = value;
        modelEnd = end;
      } else if (name.equals("stream")) {
        stream = body.toString(value, end - value, UTF_8).strip().equals("true");
      }
      delimiterAt = end + 2;
    }
    return result();
  }

  private Inspected result() {
    if (modelStart < 0) {
      return new Inspected.Invalid(Errors.missing("model", "name the model to call."));
    }
    int length = modelEnd - modelStart;
    if (length < 1 || length > MAX_MODEL_BYTES) {
      return new Inspected.Invalid(
          Errors.invalidValue("model", "a name of 1 to " + MAX_MODEL_BYTES + " bytes"));
    }
    String model = body.toString(modelStart, length, UTF_8);
    return new Inspected.Valid(model, modelStart, modelEnd, stream, null);
  }

  /** Where the part's value begins; -1 when its headers do not end. */
  private int valueAfter(int head) {
    int blank = find(new byte[] {'\r', '\n', '\r', '\n'}, head);
    return blank < 0 || blank - head > MAX_PART_HEADERS ? -1 : blank + 4;
  }

  private String name(int head, int value) {
    Matcher matcher = FIELD.matcher(body.toString(head, value - head, UTF_8));
    return matcher.find() ? matcher.group(1) : "";
  }

  private byte[] lineAndDelimiter() {
    byte[] bytes = new byte[delimiter.length + 2];
    bytes[0] = '\r';
    bytes[1] = '\n';
    System.arraycopy(delimiter, 0, bytes, 2, delimiter.length);
    return bytes;
  }

  private boolean startsWith(int at, String text) {
    return body.readableBytes() >= at + text.length()
        && body.toString(at, text.length(), UTF_8).equals(text);
  }

  /** Offset from the body's beginning; -1: not there. */
  private int find(byte[] needle, int from) {
    int length = body.readableBytes() - from;
    if (length < needle.length) {
      return -1;
    }
    int at = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(needle), body.slice(from, length));
    return at < 0 ? -1 : from + at;
  }
}
