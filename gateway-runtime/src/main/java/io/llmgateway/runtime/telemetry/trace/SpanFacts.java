package io.llmgateway.runtime.telemetry.trace;

import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the spans say of a request. The GenAI attributes are on the call alone: a reader that counts
 * tokens and models by span counts each once.
 */
final class SpanFacts {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private static final String CLIENT_LEFT = "client_closed_request";
  private static final String MODELS = "/v1/models";
  private static final int MAX_CHARS = 256;

  private SpanFacts() {}

  static void ofRequest(
      Span span, RequestRecord request, String scheme, @Nullable String userAgent) {
    String method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
    String route = route(request);
    span.updateName(name(method, route));
    span.setAttribute(TraceAttributes.METHOD, method);
    span.setAttribute(TraceAttributes.URL_SCHEME, scheme);
    span.setAttribute(TraceAttributes.URL_PATH, request.path());
    span.setAttribute(TraceAttributes.STATUS, (long) request.status());
    span.setAttribute(TraceAttributes.REQUEST_BYTES, request.requestBytes());
    span.setAttribute(TraceAttributes.RESPONSE_BYTES, request.responseBytes());
    text(span, TraceAttributes.ROUTE_TEMPLATE, route);
    text(span, TraceAttributes.USER_AGENT, shortened(userAgent));
    text(span, TraceAttributes.REQUEST_ID, request.id());
    text(span, TraceAttributes.MODEL, request.model());
    text(span, TraceAttributes.ROUTE, request.route());
    text(span, TraceAttributes.BACKEND, request.backend());
    Key key = request.key();
    if (key != null) {
      text(span, TraceAttributes.KEY_ID, key.id());
      text(span, TraceAttributes.KEY_NAME, key.name());
      text(span, TraceAttributes.TEAM, key.team());
      text(span, TraceAttributes.USER_ID, key.user());
    }
    text(span, TraceAttributes.ERROR_TYPE, request.errorCode());
    // By the conventions, a client's mistake is no error of the server that points it out.
    if (broken(request) && (request.status() >= 500 || request.status() == 200)) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  /**
   * @param model as the upstream knows it
   */
  static void ofCall(Span span, RequestRecord request, String model) {
    String operation = Objects.requireNonNullElse(request.operation(), "");
    span.updateName(operation + " " + model);
    span.setAttribute(TraceAttributes.OPERATION, operation);
    span.setAttribute(TraceAttributes.REQUEST_MODEL, model);
    span.setAttribute(TraceAttributes.REQUEST_STREAM, request.streamed());
    text(span, TraceAttributes.PROVIDER, request.system());
    text(span, TraceAttributes.ROUTE, request.route());
    text(span, TraceAttributes.BACKEND, request.backend());
    text(span, TraceAttributes.TEAM, request.key() == null ? null : request.key().team());
    text(span, TraceAttributes.USER_ID, request.key() == null ? null : request.key().user());
    if (request.usage() != null) {
      tokens(span, request.usage());
    }
    if (request.costUsd() != null) {
      span.setAttribute(TraceAttributes.COST, request.costUsd().doubleValue());
      String usd = request.costUsd().stripTrailingZeros().toPlainString();
      span.setAttribute(TraceAttributes.LANGFUSE_COST, "{\"total\":" + usd + "}");
    }
    text(span, TraceAttributes.ERROR_TYPE, request.errorCode());
    if (broken(request)) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  private static void tokens(Span span, Usage usage) {
    span.setAttribute(TraceAttributes.INPUT_TOKENS, usage.inputTokens());
    span.setAttribute(TraceAttributes.OUTPUT_TOKENS, usage.outputTokens());
    span.setAttribute(TraceAttributes.CACHE_READ_TOKENS, usage.cachedInputTokens());
    span.setAttribute(
        TraceAttributes.CACHE_CREATION_TOKENS,
        usage.cacheWrite5mTokens() + usage.cacheWrite1hTokens());
    span.setAttribute(TraceAttributes.REASONING_TOKENS, usage.reasoningTokens());
  }

  private static boolean broken(RequestRecord request) {
    return request.errorCode() != null && !request.errorCode().equals(CLIENT_LEFT);
  }

  /** Null for a path that is none of ours: callers make up any number of those. */
  private static @Nullable String route(RequestRecord request) {
    if (request.operation() == null) {
      return null;
    }
    return request.path().startsWith(MODELS + "/") ? MODELS + "/{id}" : request.path();
  }

  private static String name(String method, @Nullable String route) {
    String known = method.equals("_OTHER") ? "HTTP" : method;
    return route == null ? known : known + " " + route;
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }

  private static void text(Span span, AttributeKey<String> name, @Nullable String value) {
    if (value != null) {
      span.setAttribute(name, value);
    }
  }
}
