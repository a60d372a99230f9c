package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.inspect.RequestInspector;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * JSON that is read token by token, and of which values can be taken as they stand.
 *
 * <p>The methods that take a {@code param} read the value that the parser is at, and refuse one of
 * another type with an error that names the parameter.
 */
public final class JsonText implements AutoCloseable {
  private final byte[] bytes;
  private final JsonParser parser;

  private JsonText(byte[] bytes, JsonParser parser) {
    this.bytes = bytes;
    this.parser = parser;
  }

  /** Of the buffer's readable bytes, which are copied; its indices stay. */
  public static JsonText of(ByteBuf json) {
    return of(copied(json));
  }

  public static JsonText of(RawJson json) {
    return of(json.utf8());
  }

  private static JsonText of(byte[] bytes) {
    return new JsonText(bytes, JsonSource.open(bytes, 0, bytes.length));
  }

  /**
   * A request's body.
   *
   * @param json valid, as {@link RequestInspector} found; it is copied, and its indices stay
   */
  public static JsonText ofChecked(ByteBuf json) {
    byte[] bytes = copied(json);
    return new JsonText(bytes, CheckedJson.open(bytes));
  }

  private static byte[] copied(ByteBuf json) {
    byte[] bytes = new byte[json.readableBytes()];
    json.getBytes(json.readerIndex(), bytes);
    return bytes;
  }

  public JsonParser parser() {
    return parser;
  }

  /** Whether the parser is at a {@code null}, which is as good as nothing in these APIs. */
  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** The value that the parser is at; afterwards it is at the value's end. */
  public RawJson raw() {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    } else {
      // A string, and a number in some cases, is read to its end only when it is asked for.
      parser.getString();
    }
    int end = (int) parser.currentLocation().getByteOffset();
    return RawJson.of(Arrays.copyOfRange(bytes, start, end));
  }

  /** The parameter's name is put together only for an error. */
  public String string(String param, String member) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrongType(param + "." + member, "a string");
    }
    return parser.getString();
  }

  public String string(String param) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrongType(param, "a string");
    }
    return parser.getString();
  }

  /** The string that the parser is at, which will mostly be passed on. */
  public JsonString passed() {
    if (parser instanceof CheckedJson checked) {
      return checked.passed();
    }
    int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
    int end = JsonScan.closingQuote(bytes, start);
    // The parser says what is wrong with a string that has no end.
    return end < 0 ? JsonString.of(parser.getString()) : JsonString.within(bytes, start, end);
  }

  public boolean bool(String param) {
    if (!parser.currentToken().isBoolean()) {
      throw wrongType(param, "true or false");
    }
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  public int integer(String param) {
    long value = longInteger(param);
    if (value != (int) value) {
      throw wrongType(param, "an integer of 32 bits");
    }
    return (int) value;
  }

  public long longInteger(String param) {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw wrongType(param, "an integer");
    }
    return parser.getLongValue();
  }

  public double number(String param) {
    if (!parser.currentToken().isNumeric()) {
      throw wrongType(param, "a number");
    }
    return parser.getDoubleValue();
  }

  /** To the array's first element; {@link #nextElement()} tells whether there is one. */
  public void array(String param) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrongType(param, "an array");
    }
  }

  public void object(String param) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrongType(param, "an object");
    }
  }

  /** Whether the parser is now at another element of the array that it was in. */
  public boolean nextElement() {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  public static RefusedException wrongType(String param, String expected) {
    return new RefusedException(Errors.wrongType(param, expected));
  }

  public static RefusedException invalid(String param, String expected) {
    return new RefusedException(Errors.invalidValue(param, expected));
  }

  public static RefusedException missing(String param, String what) {
    return new RefusedException(Errors.missing(param, what));
  }

  @Override
  public void close() {
    parser.close();
  }
}
