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

  /**
   * Of a reply that is no success, as servers write them that are no model's: with the error's
   * members at the top, as Azure's front door ({@code message}) and vLLM's older versions do, or as
   * FastAPI does ({@code detail}). Such a reply is told as not valid.
   */
  public static ReplyFacts ofFailure(ByteBuf reply) {
    ReplyFacts facts = of(reply);
    if (!facts.valid || facts.error != null) {
      return facts;
    }
    try (JsonParser json = JsonSource.open(reply)) {
      json.nextToken();
      UpstreamError flat = UpstreamError.read(json);
      return flat == null || flat.message().isEmpty() ? facts : new ReplyFacts(false, null, flat);
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
