package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads Rerank's reply whole and writes it as Cohere's API answers. */
final class RerankReply implements ReplyDecoder {
  /** A thousand results with their documents are less. */
  private static final int MAX_REPLY = 64 * 1024 * 1024;

  private final String backend;
  private final String id;
  private final String model;
  private final List<RawJson> documents;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;
  private @Nullable ApiError problem;

  /**
   * @param documents the request's, where the reply shall hold them; else empty
   */
  RerankReply(
      String backend,
      String id,
      String model,
      List<RawJson> documents,
      ByteBufAllocator allocator) {
    this.backend = backend;
    this.id = id;
    this.model = model;
    this.documents = documents;
    this.allocator = allocator;
  }

  private record Result(int index, double score) {}

  @Override
  public ByteBuf decode(ByteBuf in, boolean last) {
    ByteBuf all = held;
    if (all == null) {
      all = allocator.buffer(Math.max(1024, in.readableBytes()));
      held = all;
    }
    if (all.readableBytes() + in.readableBytes() > MAX_REPLY) {
      problem = UpstreamErrors.invalid(backend, "sent a reply of more than 64 MiB");
    } else if (problem == null) {
      all.writeBytes(in);
    }
    in.release();
    return last && problem == null ? translated(all) : Unpooled.EMPTY_BUFFER;
  }

  private ByteBuf translated(ByteBuf body) {
    List<Result> results = null;
    try (JsonParser json = JsonSource.open(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        results = results(json);
      }
    } catch (JacksonException e) {
      results = null;
    }
    if (results == null) {
      problem = UpstreamErrors.invalid(backend, "answered with something that is no ranking");
      return Unpooled.EMPTY_BUFFER;
    }
    ByteBuf out = allocator.buffer(64 * results.size() + 128);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      json.writeStringProperty("model", model);
      json.writeArrayPropertyStart("results");
      results.forEach(result -> write(result, json));
      json.writeEndArray();
      json.writeEndObject();
    }
    return out;
  }

  private void write(Result result, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("index", result.index());
    json.writeNumberProperty("relevance_score", result.score());
    if (result.index() >= 0 && result.index() < documents.size()) {
      RawJson document = documents.get(result.index());
      if (document.utf8()[0] == '"') {
        json.writeObjectPropertyStart("document");
        JsonOut.raw(json, "text", document);
        json.writeEndObject();
      } else {
        JsonOut.raw(json, "document", document);
      }
    }
    json.writeEndObject();
  }

  private static @Nullable List<Result> results(JsonParser json) {
    List<Result> results = null;
    String name;
    while ((name = json.nextName()) != null) {
      if (json.nextToken() == JsonToken.START_ARRAY && name.equals("results")) {
        results = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
          results.add(result(json));
        }
      } else {
        json.skipChildren();
      }
    }
    return results;
  }

  private static Result result(JsonParser json) {
    int index = -1;
    double score = 0;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = json.getIntValue();
      } else if (name.equals("relevanceScore") && value.isNumeric()) {
        score = json.getDoubleValue();
      } else {
        json.skipChildren();
      }
    }
    return new Result(index, score);
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public boolean events() {
    return false;
  }

  @Override
  public @Nullable ApiError problem() {
    return problem;
  }

  @Override
  public @Nullable String relayedError() {
    return null;
  }

  /** Nothing: these replies are no streams. */
  @Override
  public void errorEvent(ApiError error, ByteBuf out) {}

  /** None: Bedrock counts queries, not tokens. */
  @Override
  public @Nullable Usage usage() {
    return null;
  }

  @Override
  public void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
