package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Iterator;

/** Answers by itself. */
public non-sealed interface LocalProvider extends Provider {
  Answer answer(ApiRequest request, ByteBufAllocator allocator);

  /** What it has to say. */
  sealed interface Answer {
    /**
     * @param parts made when they are asked for, so that a long answer waits for a slow client; the
     *     caller releases each
     */
    record Parts(String contentType, Iterator<ByteBuf> parts, Usage usage) implements Answer {}

    record Refusal(ApiError error) implements Answer {}
  }
}
