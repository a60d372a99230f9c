package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.inspect.JsonSource;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON that is read token by token, and of which values can be taken as they stand. */
public final class JsonText implements AutoCloseable {
  private final byte[] bytes;
  private final JsonParser parser;

  private JsonText(byte[] bytes) {
    this.bytes = bytes;
    this.parser = JsonSource.open(bytes, 0, bytes.length);
  }

  /** Of the buffer's readable bytes, which are copied; its indices stay. */
  public static JsonText of(ByteBuf json) {
    byte[] bytes = new byte[json.readableBytes()];
    json.getBytes(json.readerIndex(), bytes);
    return new JsonText(bytes);
  }

  public static JsonText of(byte[] json) {
    return new JsonText(json);
  }

  public static JsonText of(RawJson json) {
    return new JsonText(json.utf8());
  }

  public JsonParser parser() {
    return parser;
  }

  /** The value that the parser is at; afterwards it is at the value's end. */
  public RawJson raw() {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    JsonToken token = parser.currentToken();
    if (token.isStructStart()) {
      parser.skipChildren();
    } else {
      // A string, and a number in some cases, is read to its end only when it is asked for.
      parser.getString();
    }
    int end = (int) parser.currentLocation().getByteOffset();
    return RawJson.of(Arrays.copyOfRange(bytes, start, end));
  }

  @Override
  public void close() {
    parser.close();
  }
}
