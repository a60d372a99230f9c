package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.ByteBuf;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the gateway must know from a {@code multipart/form-data} body (RFC 7578) while it
 * comes: the fields {@code model} and {@code stream}. Files go by unread.
 */
public final class MultipartScan {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data\\s*;.*?boundary=(?:\"([^\"\\r\\n]{1,200})\"|([^;\\s\"]{1,200})).*");
  private static final int MAX_PART_HEADERS = 8 * 1024;
  private static final int MAX_MODEL_BYTES = 256;

  private enum Place {
    PREAMBLE,
    HEAD,
    VALUE,
    EPILOGUE
  }

  private enum Field {
    MODEL,
    STREAM,
    OTHER
  }

  /** What ends a value: CR LF, two hyphens, the boundary. Only its first byte is a CR. */
  private final byte[] delimiter;

  /** Of the delimiter; the body begins as if a line had ended before it. */
  private int matched = 2;

  private Place place = Place.PREAMBLE;
  private Field field = Field.OTHER;

  /** The head, or the value of a field that is read; a character is a byte. */
  private final StringBuilder kept = new StringBuilder();

  private long pieceStart;
  private @Nullable String model;
  private long modelStart = -1;
  private long modelEnd;
  private boolean streamSeen;
  private boolean stream;
  private @Nullable ApiError problem;

  private MultipartScan(String boundary) {
    this.delimiter = ("\r\n--" + boundary).getBytes(UTF_8);
  }

  /**
   * @param contentType the request's
   * @return null when it has no boundary
   */
  public static @Nullable MultipartScan of(@Nullable String contentType) {
    Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!matcher.matches()) {
      return null;
    }
    String quoted = matcher.group(1);
    return new MultipartScan(quoted == null ? matcher.group(2) : quoted);
  }

  /**
   * @param piece what comes next; stays the caller's, with its indices
   * @return why the form is refused; nothing of this piece may go upstream then
   */
  public @Nullable ApiError feed(ByteBuf piece) {
    int end = piece.writerIndex();
    int at = piece.readerIndex();
    pieceStart -= at;
    while (at < end && problem == null) {
      at =
          switch (place) {
            case PREAMBLE, VALUE -> value(piece, at, end);
            case HEAD -> head(piece, at, end);
            case EPILOGUE -> epilogue(piece, at, end);
          };
    }
    pieceStart += end;
    return problem;
  }

  /** Whether the model's name was read to its end. */
  public boolean modelKnown() {
    return model != null;
  }

  /** Whether the client wants events, as far as it has said. */
  public boolean stream() {
    return stream;
  }

  /** What the form says, as far as it has come. */
  public Inspected inspected() {
    if (model == null) {
      return new Inspected.Invalid(Errors.missing("model", "name the model to call."));
    }
    return new Inspected.Valid(
        model, Math.toIntExact(modelStart), Math.toIntExact(modelEnd), stream, null);
  }

  /** The body is over: what is wrong with the form as a whole. */
  public @Nullable ApiError end() {
    return switch (place) {
      case PREAMBLE -> Errors.malformedMultipart("its boundary is not in it");
      case HEAD, VALUE -> Errors.malformedMultipart("one of its parts does not end");
      case EPILOGUE -> inspected() instanceof Inspected.Invalid invalid ? invalid.error() : null;
    };
  }

  private int value(ByteBuf piece, int from, int end) {
    int at = from;
    while (at < end) {
      if (matched == 0) {
        int cr = piece.indexOf(at, end, (byte) '\r');
        int stop = cr < 0 ? end : cr;
        keep(piece, at, stop);
        matched = cr < 0 ? 0 : 1;
        at = stop + matched;
      } else if (piece.getByte(at) != delimiter[matched]) {
        // What looked like a delimiter is the value's; this byte may begin another.
        for (int i = 0; i < matched; i++) {
          keep(delimiter[i]);
        }
        matched = 0;
      } else {
        at++;
        matched++;
        if (matched == delimiter.length) {
          valueOver(pieceStart + at - delimiter.length);
          return at;
        }
      }
    }
    return end;
  }

  private void keep(ByteBuf piece, int from, int end) {
    for (int i = from; i < end && field != Field.OTHER && kept.length() <= MAX_MODEL_BYTES; i++) {
      keep(piece.getByte(i));
    }
  }

  private void keep(byte value) {
    if (field != Field.OTHER && kept.length() <= MAX_MODEL_BYTES) {
      kept.append((char) (value & 0xff));
    }
  }

  private void valueOver(long end) {
    switch (field) {
      case MODEL -> {
        if (kept.isEmpty() || kept.length() > MAX_MODEL_BYTES) {
          problem = Errors.invalidValue("model", "a name of 1 to " + MAX_MODEL_BYTES + " bytes");
        }
        model = new String(kept.toString().getBytes(ISO_8859_1), UTF_8);
        modelEnd = end;
      }
      case STREAM -> stream = kept.toString().strip().equalsIgnoreCase("true");
      case OTHER -> {}
    }
    matched = 0;
    kept.setLength(0);
    place = Place.HEAD;
  }

  private int head(ByteBuf piece, int from, int end) {
    for (int at = from; at < end; at++) {
      kept.append((char) (piece.getByte(at) & 0xff));
      int length = kept.length();
      if (length == 2 && kept.charAt(0) == '-' && kept.charAt(1) == '-') {
        place = Place.EPILOGUE;
        return at + 1;
      }
      if (length >= 4 && kept.indexOf("\r\n\r\n", length - 4) >= 0) {
        headOver(PartHead.of(kept.toString()), pieceStart + at + 1);
        return at + 1;
      }
      if (length > MAX_PART_HEADERS) {
        problem = Errors.malformedMultipart("the headers of one of its parts do not end");
        return end;
      }
    }
    return end;
  }

  private void headOver(PartHead head, long valueStart) {
    kept.setLength(0);
    place = Place.VALUE;
    if (head instanceof PartHead.Malformed malformed) {
      problem = Errors.malformedMultipart(malformed.what());
    } else if (head instanceof PartHead.Named named) {
      begin(named, valueStart);
    }
  }

  private void begin(PartHead.Named part, long valueStart) {
    field = Field.OTHER;
    if (part.name().equalsIgnoreCase("model")) {
      field = Field.MODEL;
      if (modelStart >= 0 || !part.name().equals("model")) {
        problem = Errors.duplicate("model");
      } else if (!part.plain()) {
        problem = Errors.malformedMultipart("its model is encoded");
      }
      modelStart = valueStart;
    } else if (part.name().equalsIgnoreCase("stream")) {
      field = Field.STREAM;
      if (streamSeen || !part.name().equals("stream")) {
        problem = Errors.duplicate("stream");
      }
      streamSeen = true;
    }
  }

  /** Nothing but the end of the line: parts behind the end would be parts to some. */
  private int epilogue(ByteBuf piece, int from, int end) {
    for (int at = from; at < end; at++) {
      if (" \t\r\n".indexOf(piece.getByte(at)) < 0) {
        problem = Errors.malformedMultipart("something follows its end");
      }
    }
    return end;
  }
}
