package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;

/** One item of {@code output} while its pieces come. */
sealed interface OutputItem permits MessageItem, ReasoningItem, CallItem {

  /** Tells that the item is there. */
  void begin(ByteBuf out);

  /**
   * Tells that the item is complete.
   *
   * @param status {@code completed} or {@code incomplete}
   * @return the whole of it
   */
  RawJson end(String status, ByteBuf out);
}
