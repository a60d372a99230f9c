package io.llmgateway.runtime.request;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes a request when its provider is ready: short ones at once and long ones elsewhere, so that
 * the loop's streams do not stutter.
 *
 * @param request its body stays the caller's
 * @param loop where the outcome is told
 */
record RequestEncoding(
    RemoteProvider provider,
    ApiRequest request,
    String backend,
    ByteBufAllocator allocator,
    Executor loop) {
  /** Translating that much keeps a loop busy for about a millisecond. */
  private static final int ENCODED_HERE_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(RequestEncoding.class);

  sealed interface Encoded {
    /** Nobody waits for it any more. */
    void discard();

    /**
     * @param bytes owned by the receiver
     */
    record Ready(ProviderCall call, ByteBuf bytes) implements Encoded {
      @Override
      public void discard() {
        bytes.release();
      }
    }

    record Refused(ApiError error) implements Encoded {
      @Override
      public void discard() {}
    }
  }

  void begin(Consumer<Encoded> then) {
    CompletionStage<?> pending = provider.pending();
    if (pending == null) {
      hereOrElsewhere(request, then);
      return;
    }
    ApiRequest shared = request.withBody(request.body().retainedDuplicate());
    pending.whenComplete(
        (ready, failure) ->
            loop.execute(
                () -> {
                  try {
                    if (failure == null) {
                      hereOrElsewhere(shared, then);
                    } else {
                      then.accept(new Encoded.Refused(UpstreamErrors.credential(backend)));
                    }
                  } finally {
                    shared.body().release();
                  }
                }));
  }

  private void hereOrElsewhere(ApiRequest from, Consumer<Encoded> then) {
    if (from.body().readableBytes() <= ENCODED_HERE_BYTES) {
      then.accept(encode(from));
      return;
    }
    ApiRequest shared = from.withBody(from.body().retainedDuplicate());
    Thread.ofVirtual()
        .start(
            () -> {
              Encoded encoded = encodeElsewhere(shared);
              shared.body().release();
              loop.execute(() -> then.accept(encoded));
            });
  }

  private Encoded encode(ApiRequest from) {
    try {
      ProviderCall call = provider.call(from);
      return new Encoded.Ready(call, call.encode(allocator));
    } catch (RefusedException e) {
      return new Encoded.Refused(e.error());
    }
  }

  private Encoded encodeElsewhere(ApiRequest from) {
    try {
      return encode(from);
    } catch (OutOfMemoryError e) {
      return new Encoded.Refused(Errors.overloaded());
    } catch (RuntimeException e) {
      // On a loop the connection would see to it; here the request would wait for ever.
      LOG.error("A request could not be encoded", e);
      return new Encoded.Refused(Errors.internal());
    }
  }
}
