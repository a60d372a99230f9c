package io.llmgateway.runtime.chat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.OutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON written into a buffer. */
public final class JsonOut {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonOut() {}

  /** Appends to the buffer; what was written is there when the generator is closed or flushed. */
  public static JsonGenerator into(ByteBuf out) {
    return JSON.createGenerator(
        ObjectWriteContext.empty(), (OutputStream) new ByteBufOutputStream(out), JsonEncoding.UTF8);
  }

  /** As the value that comes next. */
  public static void raw(JsonGenerator json, RawJson value) {
    json.writeRawValue(value.text());
  }

  /** A member. */
  public static void raw(JsonGenerator json, String name, RawJson value) {
    json.writeName(name);
    raw(json, value);
  }
}
