package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** What the client is told of a head that could not be read. */
final class MalformedHead {
  private MalformedHead() {}

  /**
   * @param cause the decoder's
   */
  static ApiError problem(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Errors.uriTooLong(RequestDecoder.MAX_LINE_BYTES);
    }
    return cause instanceof TooLongHttpHeaderException
        ? Errors.headerTooLarge(RequestDecoder.MAX_HEADER_BYTES)
        : Errors.malformedHttp();
  }
}
