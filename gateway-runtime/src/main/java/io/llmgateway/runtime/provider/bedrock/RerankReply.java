package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.provider.WholeReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes Rerank's reply as Cohere's API answers.
 *
 * @param documents the request's, where the reply shall hold them; else empty
 */
record RerankReply(String id, String model, List<RawJson> documents)
    implements WholeReply.Translation {
  private record Result(int index, double score) {}

  /** Without usage: Bedrock counts queries, not tokens. */
  @Override
  public WholeReply.@Nullable Translated translate(ByteBuf whole, ByteBufAllocator allocator) {
    List<Result> results = null;
    try (JsonParser json = JsonSource.open(whole)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        results = results(json);
      }
    }
    if (results == null) {
      return null;
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
    return new WholeReply.Translated(out, null);
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
}
