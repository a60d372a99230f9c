package io.llmgateway.runtime.inspect;

import io.llmgateway.runtime.error.ApiError;
import org.jspecify.annotations.Nullable;

/** What a request's body says, as far as the gateway must know. */
public sealed interface Inspected {

  /**
   * @param modelStart offset of the opening quote of the model's name
   * @param modelEnd offset behind the closing quote
   * @param stream the client wants events
   * @param usageEdit makes the upstream report the usage of a stream; null when the client asked
   *     for it itself, or wants no stream
   */
  record Valid(String model, int modelStart, int modelEnd, boolean stream, @Nullable Edit usageEdit)
      implements Inspected {}

  record Invalid(ApiError error) implements Inspected {}
}
