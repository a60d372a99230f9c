package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a body is what its headers must say: JSON in UTF-8, not compressed. */
final class BodyType {
  private static final String PLAIN = "application/json";

  private BodyType() {}

  static @Nullable ApiError problem(HttpHeaders headers) {
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Errors.encodedBody();
    }
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
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
    return utf8 && (media.equals(PLAIN) || media.endsWith("+json"));
  }
}
