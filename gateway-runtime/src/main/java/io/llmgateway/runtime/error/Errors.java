package io.llmgateway.runtime.error;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The gateway's own answers that are no success: one method each, so that codes stay stable. */
public final class Errors {
  /** OpenAI's type for what the caller can mend. */
  public static final String INVALID_REQUEST = "invalid_request_error";

  /** OpenAI's type for what the caller cannot mend. */
  public static final String SERVER = "server_error";

  /** Anthropic's, by which its SDKs know that they have to send the whole conversation. */
  static final String THREAD_UNSUPPORTED = "thread_unsupported_request";

  private static final String INVALID_KEY = "invalid_api_key";

  private static final String PATHS =
      "POST /v1/chat/completions, POST /v1/completions, POST /v1/embeddings, POST /v1/messages,"
          + " POST /v1/messages/count_tokens, POST /v1/responses, POST /v1/audio/transcriptions,"
          + " POST /v1/audio/speech, POST /v1/images/generations, POST /v1/rerank, GET /v1/models and"
          + " GET /v1/models/{id}";

  private static final String KEY_HEADERS =
      "send it as 'Authorization: Bearer KEY', 'x-api-key: KEY' or 'api-key: KEY'";

  private Errors() {}

  public static ApiError missingKey() {
    return request(
        401, "missing_api_key", null, "This request has no API key; " + KEY_HEADERS + ".");
  }

  public static ApiError malformedKey() {
    return request(
        401, INVALID_KEY, null, "The API key is empty or malformed; " + KEY_HEADERS + ".");
  }

  public static ApiError contradictoryKeys() {
    return request(
        401,
        INVALID_KEY,
        null,
        "This request has two different API keys; send one, in one header.");
  }

  public static ApiError unknownKey() {
    return request(
        401,
        INVALID_KEY,
        null,
        "This gateway does not know the API key; check that it is complete and was not revoked.");
  }

  public static ApiError keyExpired() {
    return request(
        401, "key_expired", null, "The API key has expired; ask its owner for a new one.");
  }

  public static ApiError keyDisabled() {
    return request(401, "key_disabled", null, "The API key is disabled; ask its owner why.");
  }

  public static ApiError unknownUrl() {
    return request(404, "unknown_url", null, "There is nothing at this URL. Served are " + PATHS);
  }

  public static ApiError methodNotAllowed(String allowed) {
    return request(
        405, "method_not_allowed", null, "This URL takes " + allowed + " and no other method.");
  }

  public static ApiError configNotLoaded() {
    return new ApiError(
        503,
        SERVER,
        "config_not_loaded",
        null,
        "This gateway has not loaded a configuration yet. Try again in a moment.",
        1);
  }

  public static ApiError overloaded() {
    return new ApiError(
        503,
        SERVER,
        "overloaded",
        null,
        "This gateway works on as many requests as it may. Try again in a moment.",
        1);
  }

  public static ApiError bodyTooLarge(long limit) {
    return request(
        413, "request_too_large", null, "The request body is larger than " + limit + " bytes.");
  }

  public static ApiError headerTooLarge(int limit) {
    return request(
        431,
        "header_too_large",
        null,
        "The request's headers are larger than " + limit + " bytes.");
  }

  public static ApiError uriTooLong(int limit) {
    return request(
        414, "uri_too_long", null, "The request line is longer than " + limit + " bytes.");
  }

  public static ApiError malformedHttp() {
    return request(400, "malformed_request", null, "This is not a valid HTTP/1.1 request.");
  }

  public static ApiError requestTooSlow() {
    return request(408, "request_timeout", null, "The request did not arrive in time.");
  }

  public static ApiError expectationFailed() {
    return request(
        417, "expectation_failed", null, "The only expectation that is met is 100-continue.");
  }

  public static ApiError notJsonContentType() {
    return request(
        415,
        "unsupported_content_type",
        null,
        "The body's Content-Type must be application/json, without charset or with charset=utf-8.");
  }

  public static ApiError notMultipart() {
    return request(
        415,
        "unsupported_content_type",
        null,
        "The body's Content-Type must be multipart/form-data with a boundary.");
  }

  /**
   * @param what what is wrong with it; never a part of the body
   */
  public static ApiError malformedMultipart(String what) {
    return request(
        400, "invalid_multipart", null, "The body must be multipart/form-data: " + what + ".");
  }

  public static ApiError encodedBody() {
    return request(
        415,
        "unsupported_content_encoding",
        null,
        "The body must be sent without Content-Encoding (no compression).");
  }

  /**
   * @param what what is wrong with it, and where; never a part of the body
   */
  public static ApiError invalidJson(String what) {
    return request(400, "invalid_json", null, "The request body must be a JSON object: " + what);
  }

  public static ApiError missing(String param, String what) {
    return request(400, "missing_required_parameter", param, "'" + param + "' is missing: " + what);
  }

  public static ApiError wrongType(String param, String expected) {
    return request(400, "invalid_type", param, "'" + param + "' must be " + expected + ".");
  }

  public static ApiError invalidValue(String param, String expected) {
    return request(400, "invalid_value", param, "'" + param + "' must be " + expected + ".");
  }

  public static ApiError duplicate(String param) {
    return request(
        400,
        "duplicate_parameter",
        param,
        "'" + param + "' must stand in the body once, in lower case.");
  }

  /**
   * @param what in words, such as {@code "audio input"}
   */
  public static ApiError unsupported(String param, String what, String backend) {
    return request(
        400,
        "unsupported_parameter",
        param,
        "The backend '"
            + backend
            + "' has no way to carry '"
            + param
            + "' ("
            + what
            + "). Leave it out, or set dropUnsupported in the ModelRoute.");
  }

  public static ApiError threadUnsupported() {
    return request(
        400,
        THREAD_UNSUPPORTED,
        "thread",
        "The backend keeps no threads. Send the whole conversation without 'thread'.");
  }

  public static ApiError needsMemory(String param) {
    return request(
        400,
        "unsupported_parameter",
        param,
        "'"
            + param
            + "' refers to responses that are kept, and none is kept for this model. Send the whole"
            + " conversation in 'input', with 'store' false.");
  }

  public static ApiError modelNotFound(String model) {
    return request(
        404,
        "model_not_found",
        "model",
        "The model '"
            + bounded(model)
            + "' does not exist. GET /v1/models lists what this key may"
            + " call.");
  }

  public static ApiError modelNotAllowed(String model) {
    return new ApiError(
        403,
        "permission_error",
        "model_not_allowed",
        "model",
        "This key may not call the model '"
            + bounded(model)
            + "'. GET /v1/models lists what it may call.",
        0);
  }

  public static ApiError noBackend(String model) {
    return new ApiError(
        503,
        SERVER,
        "no_backend_available",
        "model",
        "The model '" + bounded(model) + "' has no backend that takes requests.",
        0);
  }

  /**
   * @param what such as {@code embeddings}
   */
  public static ApiError notServed(String what, String model) {
    return request(
        400,
        "unsupported_operation",
        "model",
        "The backend of the model '" + bounded(model) + "' does not serve " + what + ".");
  }

  public static ApiError internal() {
    return server(500, "internal_error", "The gateway failed. Its log says more.");
  }

  private static ApiError request(int status, String code, @Nullable String param, String message) {
    return new ApiError(status, INVALID_REQUEST, code, param, message, 0);
  }

  private static ApiError server(int status, String code, String message) {
    return new ApiError(status, SERVER, code, null, message, 0);
  }

  private static String bounded(String name) {
    return name.length() <= 128
        ? name
        : String.format(Locale.ROOT, "%s… (%d characters)", name.substring(0, 128), name.length());
  }
}
