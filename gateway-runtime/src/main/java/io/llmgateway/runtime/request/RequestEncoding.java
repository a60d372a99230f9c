package io.llmgateway.runtime.request;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes short requests at once and long ones elsewhere, as {@link BodyInspection} reads them. */
final class RequestEncoding {
  private static final Logger LOG = LoggerFactory.getLogger(RequestEncoding.class);

  private RequestEncoding() {}

  sealed interface Encoded {
    /**
     * @param bytes owned by the receiver
     */
    record Ready(ProviderCall call, ByteBuf bytes) implements Encoded {}

    record Refused(ApiError error) implements Encoded {}
  }

  /**
   * @param request its body stays the caller's
   * @param loop where {@code then} is called
   */
  static void of(
      RemoteProvider provider,
      ApiRequest request,
      ByteBufAllocator allocator,
      Executor loop,
      Consumer<Encoded> then) {
    if (request.body().readableBytes() <= BodyInspection.INSPECTED_HERE_BYTES) {
      then.accept(encode(provider, request, allocator));
      return;
    }
    ApiRequest shared = request.withBody(request.body().retainedDuplicate());
    Thread.ofVirtual()
        .start(
            () -> {
              Encoded encoded = encodeElsewhere(provider, shared, allocator);
              shared.body().release();
              loop.execute(() -> then.accept(encoded));
            });
  }

  private static Encoded encode(
      RemoteProvider provider, ApiRequest request, ByteBufAllocator allocator) {
    try {
      ProviderCall call = provider.call(request);
      return new Encoded.Ready(call, call.encode(allocator));
    } catch (RefusedException e) {
      return new Encoded.Refused(e.error());
    }
  }

  private static Encoded encodeElsewhere(
      RemoteProvider provider, ApiRequest request, ByteBufAllocator allocator) {
    try {
      return encode(provider, request, allocator);
    } catch (OutOfMemoryError e) {
      return new Encoded.Refused(Errors.overloaded());
    } catch (RuntimeException e) {
      // On a loop the connection would see to it; here the request would wait for ever.
      LOG.error("A request could not be encoded", e);
      return new Encoded.Refused(Errors.internal());
    }
  }
}
