package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Operation;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request's head says of its body, and whether the gateway takes such a body. */
final class BodyTerms {
  private static final String PLAIN = "application/json";

  /** What {@code curl -d} says of every body unless it is told better. */
  private static final String CURL = "application/x-www-form-urlencoded";

  private BodyTerms() {}

  /**
   * @param limit bytes
   * @param call null: the body means nothing
   */
  static @Nullable ApiError problem(HttpRequest head, long limit, @Nullable Operation call) {
    HttpHeaders headers = head.headers();
    String expect = headers.get(HttpHeaderNames.EXPECT);
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      return Errors.expectationFailed();
    }
    if (HttpUtil.getContentLength(head, 0L) > limit) {
      return Errors.bodyTooLarge(limit);
    }
    return call == null ? null : unreadable(headers, call);
  }

  /** {@link ApiRequest#UNKNOWN} when it comes in chunks. */
  static long length(HttpRequest head) {
    return HttpUtil.isTransferEncodingChunked(head)
        ? ApiRequest.UNKNOWN
        : HttpUtil.getContentLength(head, 0L);
  }

  private static @Nullable ApiError unreadable(HttpHeaders headers, Operation call) {
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Errors.encodedBody();
    }
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    if (call.multipart()) {
      return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
          ? null
          : Errors.notMultipart();
    }
    // Without a type it is taken for JSON: what it is shows when it is read.
    return type == null || type.equals(PLAIN) || isJson(type) ? null : Errors.notJsonContentType();
  }

  private static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    String media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    int charset = type.indexOf("charset=");
    boolean utf8 =
        charset < 0 || type.substring(charset + 8).replace("\"", "").strip().startsWith("utf-8");
    return utf8 && (media.equals(PLAIN) || media.endsWith("+json") || media.equals(CURL));
  }
}
