package io.llmgateway.runtime.request;

import io.llmgateway.runtime.provider.Operation;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a request line asks for. */
sealed interface Target {
  String MODELS = "/v1/models";

  Map<String, Target> CALLS =
      Arrays.stream(Operation.values())
          .collect(Collectors.toUnmodifiableMap(o -> "/v1" + o.path(), Call::new));

  record Call(Operation operation) implements Target {}

  record Models() implements Target {}

  record Model(String id) implements Target {}

  record Unknown() implements Target {}

  record WrongMethod(String allowed) implements Target {}

  static Target of(HttpMethod method, String path) {
    Target call = CALLS.get(path);
    if (call != null) {
      return method.equals(HttpMethod.POST) ? call : new WrongMethod("POST");
    }
    if (!path.startsWith(MODELS)) {
      return new Unknown();
    }
    Target models = models(path);
    return models instanceof Unknown || method.equals(HttpMethod.GET)
        ? models
        : new WrongMethod("GET");
  }

  private static Target models(String path) {
    if (path.length() == MODELS.length()) {
      return new Models();
    }
    String id =
        path.charAt(MODELS.length()) == '/' ? decoded(path.substring(MODELS.length() + 1)) : null;
    return id == null || id.isEmpty() ? new Unknown() : new Model(id);
  }

  /** Percent-decoded; a plus is a plus in a path. Null when the encoding is wrong. */
  private static @Nullable String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The path of a request target in origin or absolute form (RFC 9112, section 3.2). */
  static String path(String uri) {
    int from = 0;
    if (!uri.startsWith("/")) {
      int authority = uri.indexOf("://");
      int slash = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
      from = Math.max(slash, 0);
    }
    int end = uri.indexOf('?', from);
    return uri.substring(from, end < 0 ? uri.length() : end);
  }
}
