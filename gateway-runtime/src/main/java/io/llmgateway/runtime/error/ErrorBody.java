package io.llmgateway.runtime.error;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Errors as OpenAI's API writes them, see <a
 * href="https://platform.openai.com/docs/guides/error-codes">its error codes</a>.
 */
public final class ErrorBody {
  private ErrorBody() {}

  /** {@code {"error":{…}}}. */
  public static ByteBuf json(ApiError error, ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(256);
    write(error, out);
    return out;
  }

  /**
   * The error as one event of a stream that had already begun. The line ends before it end what the
   * stream may have been cut in the middle of; to an SSE parser they mean nothing else.
   */
  public static ByteBuf event(ApiError error, ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(256);
    out.writeCharSequence("\n\ndata: ", US_ASCII);
    write(error, out);
    out.writeCharSequence("\n\n", US_ASCII);
    return out;
  }

  private static void write(ApiError error, ByteBuf out) {
    out.writeCharSequence("{\"error\":{\"message\":", US_ASCII);
    string(error.message(), out);
    out.writeCharSequence(",\"type\":", US_ASCII);
    string(error.type(), out);
    out.writeCharSequence(",\"param\":", US_ASCII);
    string(error.param(), out);
    out.writeCharSequence(",\"code\":", US_ASCII);
    string(error.code(), out);
    out.writeCharSequence("}}", US_ASCII);
  }

  private static void string(@Nullable String value, ByteBuf out) {
    if (value == null) {
      out.writeCharSequence("null", US_ASCII);
    } else {
      StringBuilder quoted = new StringBuilder(value.length() + 16).append('"');
      JsonStringEncoder.getInstance().quoteAsString(value, quoted);
      // Jackson's own encoder throws at half a surrogate pair, which a caller can make us quote.
      ByteBufUtil.writeUtf8(out, quoted.append('"'));
    }
  }
}
