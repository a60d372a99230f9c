package io.llmgateway.runtime.inspect;

import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code usage}, {@code error} and {@code choices} among a JSON object's own members while
 * the object's bytes go by in pieces of any size. It keeps nothing but the bytes of {@code usage}
 * and {@code error}, so that a reply of any length costs the same memory.
 *
 * <p>It checks brackets and strings only; it does not tell valid JSON from nearly valid JSON.
 */
public final class ReplyScan implements ByteProcessor {
  private static final int MAX_NAME = 16;
  private static final int MAX_VALUE = 8 * 1024;

  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean garbage;
  private boolean over;

  /** The string that was read last: a member's name, once a colon follows. */
  private final byte[] name = new byte[MAX_NAME];

  private int nameLength;

  /** The member of the outer object whose value is being read. */
  private Member member = Member.OTHER;

  private boolean awaitsValue;
  private boolean awaitsFinishReason;

  private byte[] kept = new byte[256];
  private int keptLength;

  private int at;
  private int comma = -1;
  private int nameStart;
  private int usageStart;
  private int usageEnd;
  private boolean usageIsNull;
  private @Nullable Usage usage;
  private boolean choicesEmpty;
  private boolean choicesOpen;
  private boolean finished;
  private @Nullable UpstreamError error;
  private boolean modelWanted;
  private @Nullable String model;

  private enum Member {
    OTHER,
    USAGE,
    ERROR,
    MODEL,
    CHOICES
  }

  /** What a whole reply calls its model; null when it does not say. */
  public static @Nullable String modelIn(ByteBuf reply) {
    ReplyScan scan = new ReplyScan();
    scan.readModel();
    reply.forEachByte(scan);
    return scan.model();
  }

  /** Forgets everything but the model: the next byte is the first of another object. */
  public void reset() {
    depth = 0;
    inString = false;
    escaped = false;
    garbage = false;
    over = false;
    nameLength = 0;
    member = Member.OTHER;
    awaitsValue = false;
    awaitsFinishReason = false;
    keptLength = 0;
    at = 0;
    comma = -1;
    usageStart = 0;
    usageEnd = 0;
    usageIsNull = false;
    usage = null;
    choicesEmpty = false;
    choicesOpen = false;
    finished = false;
    error = null;
  }

  /** Always goes on. */
  @Override
  public boolean process(byte b) {
    if (inString) {
      string(b);
    } else if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
      structure(b);
    }
    if (member == Member.USAGE || member == Member.ERROR || member == Member.MODEL) {
      keep(b);
    }
    at++;
    return true;
  }

  private void string(byte b) {
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == '"') {
      inString = false;
      return;
    }
    if (nameLength < MAX_NAME) {
      name[nameLength++] = b;
    }
  }

  private void structure(byte b) {
    if (over || (depth == 0 && b != '{')) {
      garbage = true;
      return;
    }
    if (awaitsFinishReason) {
      finished |= b == '"';
      awaitsFinishReason = false;
    }
    if (choicesOpen) {
      choicesEmpty = b == ']';
      choicesOpen = false;
    }
    if (awaitsValue && depth == 1) {
      valueBegins(b);
    }
    switch (b) {
      case '"' -> {
        inString = true;
        nameLength = 0;
        if (depth == 1 && member == Member.OTHER) {
          nameStart = at;
        }
      }
      case ':' -> colon();
      case '{', '[' -> depth++;
      case '}', ']' -> {
        if (depth == 1) {
          memberEnds(b);
        }
        depth--;
        over = depth == 0;
      }
      case ',' -> {
        if (depth == 1) {
          memberEnds(b);
          comma = at;
        }
      }
      default -> {}
    }
  }

  private void colon() {
    if (depth == 1 && member == Member.OTHER) {
      awaitsValue = true;
    } else if (named("finish_reason")) {
      awaitsFinishReason = true;
    }
  }

  private void valueBegins(byte b) {
    awaitsValue = false;
    if (named("usage")) {
      member = Member.USAGE;
      usageStart = comma >= 0 ? comma : nameStart;
      usageIsNull = b == 'n';
    } else if (named("error")) {
      member = Member.ERROR;
    } else if (modelWanted && model == null && named("model")) {
      member = Member.MODEL;
    } else if (named("choices")) {
      choicesOpen = b == '[';
    }
    keptLength = 0;
  }

  private void memberEnds(byte terminator) {
    if (member == Member.USAGE) {
      // The member goes with one of the commas beside it, so that what stays is JSON.
      usageEnd = usageStart != comma && terminator == ',' ? at + 1 : at;
      usage = usageIsNull || keptLength > MAX_VALUE ? null : UsageReader.parse(kept, keptLength);
    } else if (member == Member.ERROR && keptLength <= MAX_VALUE) {
      error = UpstreamError.parse(kept, keptLength);
    } else if (member == Member.MODEL && keptLength <= MAX_VALUE) {
      model = plainText(new String(kept, 0, keptLength, StandardCharsets.UTF_8).strip());
    }
    member = Member.OTHER;
  }

  /** Names of models have nothing to escape; null for what has. */
  private static @Nullable String plainText(String json) {
    boolean text = json.length() > 2 && json.startsWith("\"") && json.endsWith("\"");
    return text && json.indexOf('\\') < 0 ? json.substring(1, json.length() - 1) : null;
  }

  private void keep(byte b) {
    if (keptLength > MAX_VALUE) {
      return;
    }
    if (keptLength == kept.length) {
      kept = Arrays.copyOf(kept, 2 * kept.length);
    }
    kept[keptLength++] = b;
  }

  private boolean named(String expected) {
    if (nameLength != expected.length()) {
      return false;
    }
    for (int i = 0; i < nameLength; i++) {
      if (name[i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes so far are one whole object. */
  public boolean complete() {
    return over && !garbage;
  }

  /** Whether the bytes so far cannot be the beginning of an object. */
  public boolean garbage() {
    return garbage;
  }

  /** Null when there is none, or none yet. */
  public @Nullable Usage usage() {
    return usage;
  }

  /** Null when there is none, or none yet, or it is {@code null}. */
  public @Nullable UpstreamError error() {
    return error;
  }

  /** From now on, {@code model} is read. */
  public void readModel() {
    modelWanted = true;
  }

  /** The first that was read; null when there is none, or none yet. */
  public @Nullable String model() {
    return model;
  }

  /** There is a {@code usage}, and it is {@code null}. */
  public boolean usageIsNull() {
    return usageIsNull && usageEnd > 0;
  }

  /** Offset of the first byte to leave out so that {@code usage} is gone. */
  public int usageStart() {
    return usageStart;
  }

  /** Offset of the first byte to keep after {@link #usageStart()}. */
  public int usageEnd() {
    return usageEnd;
  }

  /** There are {@code choices}, and none is in it. */
  public boolean choicesEmpty() {
    return choicesEmpty;
  }

  /** A choice said why it ended. */
  public boolean finished() {
    return finished;
  }
}
