package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.provider.SafeText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Bedrock's errors, by <a
 * href="https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html">their
 * codes</a>: before a stream they come with a status and {@code x-amzn-errortype}, in it as frames.
 */
final class BedrockErrors {
  private static final String ERROR_TYPE = "x-amzn-errortype";

  private BedrockErrors() {}

  /**
   * @param type as AWS names it, without a namespace; null: it did not say
   * @param message empty when there was none
   */
  private record Said(@Nullable String type, String message) {}

  static ApiError of(String backend, int status, HttpHeaders head, ByteBuf body) {
    if (status < 400) {
      return UpstreamErrors.invalid(backend, "answered with status " + status);
    }
    Said said = read(body);
    String type = head.get(ERROR_TYPE);
    return of(backend, type == null ? said.type() : simple(type), said.message(), status);
  }

  static ApiError inStream(String backend, @Nullable String type, byte[] payload) {
    Said said = read(Unpooled.wrappedBuffer(payload));
    return of(backend, type == null ? said.type() : type, said.message(), 0);
  }

  /**
   * @param status 0: there was none, as in a stream
   */
  static ApiError of(String backend, @Nullable String type, @Nullable String said, int status) {
    String name = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (credentialAtFault(name) || (name.isEmpty() && (status == 401 || status == 403))) {
      // Its words may quote the request that was signed.
      return UpstreamErrors.authentication(backend);
    }
    String unexplained =
        "The backend '"
            + backend
            + "' answered with "
            + (type == null ? "status " + status : SafeText.of(type, null, "an error"))
            + ".";
    String message = SafeText.of(said == null ? "" : said, null, unexplained);
    int passed = status(name, status);
    if (passed == 400 && contextWindow(message)) {
      return UpstreamErrors.contextWindow(message);
    }
    if (passed == 400 && contentFilter(message)) {
      return UpstreamErrors.contentFilter(message);
    }
    return UpstreamErrors.said(passed, message);
  }

  private static boolean credentialAtFault(String name) {
    return switch (name) {
      case "accessdeniedexception",
          "accessdenied",
          "unrecognizedclientexception",
          "invalidclienttokenid",
          "invalidsignatureexception",
          "signaturedoesnotmatch",
          "incompletesignature",
          "incompletesignatureexception",
          "missingauthenticationtokenexception",
          "missingauthenticationtoken",
          "expiredtokenexception",
          "expiredtoken",
          "notauthorized",
          "optinrequired" ->
          true;
      default -> false;
    };
  }

  /** Whether what signed is no longer good, so that other credentials may be. */
  static boolean expired(HttpHeaders head, ByteBuf body) {
    String type = head.get(ERROR_TYPE);
    String name = type == null ? read(body).type() : simple(type);
    return name != null
        && switch (name) {
          case "ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException" -> true;
          default -> false;
        };
  }

  private static int status(String name, int status) {
    return switch (name) {
      case "validationexception", "conflictexception" -> 400;
      case "resourcenotfoundexception" -> 404;
      case "modeltimeoutexception" -> 408;
      case "throttlingexception", "modelnotreadyexception", "servicequotaexceededexception" -> 429;
      case "internalserverexception", "internalfailure" -> 500;
      case "modelerrorexception",
          "modelstreamerrorexception",
          "dependencyfailedexception",
          "badgatewayexception" ->
          502;
      case "serviceunavailableexception", "serviceunavailable" -> 503;
      default ->
          switch (status) {
            case 400, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504 -> status;
            default -> status >= 400 && status < 500 && status != 424 ? 400 : 502;
          };
    };
  }

  /** In a model's own words, which is all that a {@code ValidationException} tells. */
  private static boolean contextWindow(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("input is too long")
        || text.contains("prompt is too long")
        || text.contains("too many input tokens")
        || text.contains("too many tokens")
        || text.contains("exceed context limit")
        || text.contains("context length")
        || text.contains("context window")
        || text.contains("maximum number of tokens")
        || text.contains("maximum tokens you requested exceeds");
  }

  private static boolean contentFilter(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("content filtering policy")
        || text.contains("content filters")
        || text.contains("blocked by our content");
  }

  /** {@code com.amazon.coral.service#Name:http://...} to {@code Name}. */
  private static String simple(String type) {
    int colon = type.indexOf(':');
    String name = colon < 0 ? type : type.substring(0, colon);
    return name.substring(name.lastIndexOf('#') + 1).strip();
  }

  private static Said read(ByteBuf body) {
    String type = null;
    String message = "";
    try (JsonParser json = JsonSource.open(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new Said(null, "");
      }
      String name;
      while ((name = json.nextName()) != null) {
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          json.skipChildren();
          continue;
        }
        switch (name) {
          case "message", "Message" -> message = json.getString();
          case "originalMessage" -> message = message.isEmpty() ? json.getString() : message;
          case "__type", "code" -> type = simple(json.getString());
          default -> json.skipChildren();
        }
      }
      return new Said(type, message);
    } catch (JacksonException e) {
      return new Said(type, message);
    }
  }
}
