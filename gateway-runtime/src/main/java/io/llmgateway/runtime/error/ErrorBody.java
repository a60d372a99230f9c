package io.llmgateway.runtime.error;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** Errors in the words of the API that the client called. */
public final class ErrorBody {
  private ErrorBody() {}

  /** A reply's whole body. */
  public static ByteBuf json(ErrorShape shape, ApiError error, ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(256);
    write(shape, error, out);
    return out;
  }

  /**
   * Appends the error as one event of a stream that had already begun. The line ends before it end
   * what the stream may have been cut in the middle of; to an SSE parser they mean nothing else.
   */
  public static void event(ErrorShape shape, ApiError error, ByteBuf out) {
    out.writeCharSequence(
        shape == ErrorShape.ANTHROPIC ? "\n\nevent: error\ndata: " : "\n\ndata: ", US_ASCII);
    write(shape, error, out);
    out.writeCharSequence("\n\n", US_ASCII);
  }

  private static void write(ErrorShape shape, ApiError error, ByteBuf out) {
    switch (shape) {
      case OPENAI -> openAi(error, out);
      case ANTHROPIC -> anthropic(error, out);
    }
  }

  private static void openAi(ApiError error, ByteBuf out) {
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

  private static void anthropic(ApiError error, ByteBuf out) {
    out.writeCharSequence("{\"type\":\"error\",\"error\":{\"type\":", US_ASCII);
    string(anthropicType(error.status()), out);
    out.writeCharSequence(",\"message\":", US_ASCII);
    string(error.message(), out);
    out.writeCharSequence(",\"code\":", US_ASCII);
    string(error.code(), out);
    if (error.code().equals(Errors.THREAD_UNSUPPORTED)) {
      out.writeCharSequence(
          ",\"details\":{\"error_code\":\"" + Errors.THREAD_UNSUPPORTED + "\"}", US_ASCII);
    }
    out.writeCharSequence("}}", US_ASCII);
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 503, 529 -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
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
