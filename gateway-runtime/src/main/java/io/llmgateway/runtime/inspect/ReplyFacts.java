package io.llmgateway.runtime.inspect;

import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a whole reply says.
 *
 * @param valid it is one JSON object
 */
public record ReplyFacts(boolean valid, @Nullable Usage usage, @Nullable UpstreamError error) {
  private static final ReplyFacts INVALID = new ReplyFacts(false, null, null);

  /** Reads all of it; the buffer's indices stay. */
  public static ReplyFacts of(ByteBuf reply) {
    try (JsonParser json = JsonSource.open(reply)) {
      return json.nextToken() == JsonToken.START_OBJECT ? members(json) : INVALID;
    } catch (JacksonException e) {
      return INVALID;
    }
  }

  private static ReplyFacts members(JsonParser json) {
    Usage usage = null;
    UpstreamError error = null;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (name.equals("usage") && value == JsonToken.START_OBJECT) {
        usage = UsageReader.read(json);
      } else if (name.equals("error")) {
        error = UpstreamError.read(json);
      } else {
        json.skipChildren();
      }
    }
    return json.nextToken() == null ? new ReplyFacts(true, usage, error) : INVALID;
  }
}
