package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.inspect.Inspected;
import io.llmgateway.runtime.inspect.RequestInspector;
import io.llmgateway.runtime.provider.Operation;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects JSON: short bodies at once and long ones elsewhere, so that the loop's streams do not
 * stutter.
 */
final class BodyInspection {
  private static final int INSPECTED_HERE_BYTES = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(BodyInspection.class);

  private BodyInspection() {}

  /**
   * @param body stays the caller's
   * @param loop where {@code then} is called
   */
  static void of(ByteBuf body, Operation operation, Executor loop, Consumer<Inspected> then) {
    if (body.readableBytes() <= INSPECTED_HERE_BYTES) {
      then.accept(inspect(body, operation));
      return;
    }
    ByteBuf shared = body.retainedDuplicate();
    Thread.ofVirtual()
        .start(
            () -> {
              Inspected inspected = inspectElsewhere(shared, operation);
              shared.release();
              loop.execute(() -> then.accept(inspected));
            });
  }

  private static Inspected inspect(ByteBuf body, Operation operation) {
    return RequestInspector.inspect(body, operation.streamable(), operation.usageByOption());
  }

  private static Inspected inspectElsewhere(ByteBuf body, Operation operation) {
    try {
      return inspect(body, operation);
    } catch (OutOfMemoryError e) {
      return new Inspected.Invalid(Errors.overloaded());
    } catch (RuntimeException e) {
      // On a loop the connection would see to it; here the request would wait for ever.
      LOG.error("A body could not be inspected", e);
      return new Inspected.Invalid(Errors.internal());
    }
  }
}
