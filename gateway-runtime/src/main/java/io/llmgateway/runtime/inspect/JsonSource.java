package io.llmgateway.runtime.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.InputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** Parsers over buffers that are mostly off the heap, where Jackson cannot read. */
public final class JsonSource {
  private static final int SCRATCH = 64 * 1024;

  private static final FastThreadLocal<byte[]> SCRATCHES =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[SCRATCH];
        }
      };

  // UTF-16 or a byte order mark would shift every offset, and what we read might not be what the
  // upstream reads: JSON between programs is UTF-8 (RFC 8259, section 8.1).
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // A translation opens a parser for each tool call's arguments, and loops are few.
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .build();

  private JsonSource() {}

  /**
   * Reads the buffer's readable bytes and leaves its indices alone. To be closed before this thread
   * opens another.
   */
  public static JsonParser open(ByteBuf json) {
    int length = json.readableBytes();
    if (json.hasArray()) {
      return open(json.array(), json.arrayOffset() + json.readerIndex(), length);
    }
    if (length <= SCRATCH) {
      byte[] scratch = SCRATCHES.get();
      json.getBytes(json.readerIndex(), scratch, 0, length);
      return open(scratch, 0, length);
    }
    return JSON.createParser(
        ObjectReadContext.empty(), (InputStream) new ByteBufInputStream(json.duplicate(), length));
  }

  public static JsonParser open(byte[] json, int offset, int length) {
    return JSON.createParser(ObjectReadContext.empty(), json, offset, length);
  }
}
