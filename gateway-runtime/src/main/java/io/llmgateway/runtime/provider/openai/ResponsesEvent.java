package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.inspect.UsageReader;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What an event of the Responses API says of its response.
 *
 * @param type empty when it has none
 * @param error of an {@code error} event, whose members are at the top or in an object, or of a
 *     failed response
 */
record ResponsesEvent(String type, @Nullable Usage usage, @Nullable UpstreamError error) {

  /** Of nothing but its type, when the data is no JSON. */
  static ResponsesEvent of(ByteBuf data) {
    try (JsonParser json = JsonSource.open(data)) {
      return read(json);
    } catch (JacksonException e) {
      return new ResponsesEvent("", null, null);
    }
  }

  private static ResponsesEvent read(JsonParser json) {
    String type = "";
    String message = "";
    String code = null;
    UpstreamError error = null;
    Usage usage = null;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return new ResponsesEvent("", null, null);
    }
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("type")) {
        type = json.getString();
      } else if (value == JsonToken.VALUE_STRING && name.equals("message")) {
        message = json.getString();
      } else if (value == JsonToken.VALUE_STRING && name.equals("code")) {
        code = json.getString();
      } else if (value == JsonToken.START_OBJECT && name.equals("error")) {
        error = UpstreamError.read(json);
      } else if (value == JsonToken.START_OBJECT && name.equals("response")) {
        String member;
        while ((member = json.nextName()) != null) {
          JsonToken inner = json.nextToken();
          if (inner == JsonToken.START_OBJECT && member.equals("usage")) {
            usage = UsageReader.read(json);
          } else if (inner == JsonToken.START_OBJECT && member.equals("error")) {
            error = UpstreamError.read(json);
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
    if (type.equals("error") && error == null) {
      error = new UpstreamError(message, null, code);
    }
    return new ResponsesEvent(type, usage, error);
  }
}
