package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * From the upstream's bytes to the client's, for one reply. It gives nothing out until it is sure
 * that the reply is one: what it gives first makes the client's {@code 200}.
 */
public interface ReplyDecoder {

  /** The {@code Content-Type} that the client gets. */
  String contentType();

  /** Whether the client gets events. */
  boolean events();

  /**
   * @param in owned by the decoder from now on
   * @param last nothing follows
   * @return what the client gets; the caller releases it. Empty when nothing is sure yet
   */
  ByteBuf decode(ByteBuf in, boolean last);

  /**
   * What is wrong with the reply; null as long as all is well. If something was given out before,
   * the reply is to be cut off (or ended by an error event).
   */
  @Nullable ApiError problem();

  /** The stable code of an error that the upstream reported in its stream and the client got. */
  default @Nullable String relayedError() {
    return null;
  }

  /** Appends what ends a stream that broke after something was given out: an event that says so. */
  void errorEvent(ApiError error, ByteBuf out);

  /** As far as the upstream has told. */
  @Nullable Usage usage();

  /** From now on, {@link #model()} is wanted. */
  default void readModel() {}

  /** What the upstream calls the model that answers; null when that is not read from it. */
  default @Nullable String model() {
    return null;
  }

  /** Frees what was held; called once, whatever became of the reply. */
  void release();
}
