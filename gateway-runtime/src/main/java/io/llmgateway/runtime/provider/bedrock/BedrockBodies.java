package io.llmgateway.runtime.provider.bedrock;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/** Bodies of requests. */
final class BedrockBodies {
  private BedrockBodies() {}

  /** What the writer wrote; nothing is left behind when it refuses. */
  static ByteBuf written(ByteBufAllocator allocator, Consumer<ByteBuf> writer) {
    ByteBuf body = allocator.buffer(1024);
    boolean written = false;
    try {
      writer.accept(body);
      written = true;
      return body;
    } finally {
      if (!written) {
        body.release();
      }
    }
  }
}
