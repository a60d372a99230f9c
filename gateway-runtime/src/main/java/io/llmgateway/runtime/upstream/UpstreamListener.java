package io.llmgateway.runtime.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Told of a call's reply, on its event loop. The last thing it hears is either {@code content} with
 * {@code last} or {@code failed}; after {@link UpstreamCall#cancel()} it hears nothing.
 */
public interface UpstreamListener {
  void head(HttpResponse head);

  /**
   * @param content owned by the listener
   */
  void content(ByteBuf content, boolean last);

  /** What was read from the socket has been told; a good moment to flush. */
  void readComplete();

  void failed(Fault fault);
}
