package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.provider.SafeText;
import io.llmgateway.runtime.table.Backend;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What the client gets for the upstream's <a
 * href="https://docs.claude.com/en/api/errors">errors</a>.
 */
final class AnthropicFailure {
  private final Backend backend;

  AnthropicFailure(Backend backend) {
    this.backend = backend;
  }

  /** For a reply whose status is no success. */
  ApiError of(int status, ByteBuf body) {
    if (status < 400) {
      return UpstreamErrors.invalid(backend.name(), "answered with status " + status);
    }
    return mapped(status, error(body));
  }

  /** For an error within a reply that began with 200. */
  ChatEvent.Failed reported(AnthropicError error) {
    return new ChatEvent.Failed(mapped(error.status(), error));
  }

  ChatEvent.Failed invalid(String why) {
    return new ChatEvent.Failed(UpstreamErrors.invalid(backend.name(), why));
  }

  ChatEvent.Failed broken() {
    return new ChatEvent.Failed(UpstreamErrors.streamBroken(backend.name()));
  }

  private ApiError mapped(int status, @Nullable AnthropicError error) {
    if (status == 401 || status == 403) {
      return UpstreamErrors.authentication(backend.name());
    }
    String unexplained =
        "The backend '" + backend.name() + "' answered with status " + status + ".";
    String message =
        error == null
            ? unexplained
            : SafeText.of(error.message(), backend.credential(), unexplained);
    if (status == 400 && message.contains("prompt is too long")) {
      return UpstreamErrors.contextWindow(message);
    }
    if (status == 400 && message.contains("content filtering policy")) {
      return UpstreamErrors.contentFilter(message);
    }
    return UpstreamErrors.said(passed(status), message);
  }

  /**
   * What is the gateway's own affair at the upstream, such as its bills, is no fault of the client.
   */
  private static int passed(int status) {
    return switch (status) {
      case 400, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529 -> status;
      case 402 -> 502;
      default -> status < 500 ? 400 : 502;
    };
  }

  /** Null when the body is none of the API's errors. */
  static @Nullable AnthropicError error(ByteBuf body) {
    try (JsonParser json = JsonSource.open(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      String name;
      while ((name = json.nextName()) != null) {
        json.nextToken();
        if (name.equals("error")) {
          return AnthropicError.read(json);
        }
        json.skipChildren();
      }
      return null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
