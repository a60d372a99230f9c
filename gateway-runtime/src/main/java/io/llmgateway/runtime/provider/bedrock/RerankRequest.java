package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * What a client of {@code /v1/rerank} asks for, in the words of Cohere's API, which vLLM and others
 * speak, too.
 *
 * @param documents strings, or objects
 * @param topN how many of the best; null: all
 * @param returnDocuments the reply holds them, too
 */
record RerankRequest(
    String model,
    String query,
    List<RawJson> documents,
    @Nullable Integer topN,
    boolean returnDocuments) {

  /**
   * @param body one JSON object; its indices stay
   * @throws RefusedException when it is no such request
   */
  static RerankRequest read(ByteBuf body, Unsupported unsupported) {
    String model = "";
    String query = null;
    List<RawJson> documents = new ArrayList<>();
    Integer topN = null;
    boolean returnDocuments = false;
    try (JsonText json = JsonText.ofChecked(body)) {
      json.parser().nextToken();
      String name;
      while ((name = json.parser().nextName()) != null) {
        json.parser().nextToken();
        if (json.isNull()) {
          continue;
        }
        switch (name) {
          case "model" -> model = json.string(name);
          case "query" -> query = json.string(name);
          case "documents" -> documents(json, documents);
          case "top_n" -> topN = json.integer(name);
          case "return_documents" -> returnDocuments = json.bool(name);
          case "user" -> json.parser().skipChildren();
          default -> {
            unsupported.report(name, "a parameter that Bedrock's Rerank does not know");
            json.parser().skipChildren();
          }
        }
      }
    } catch (JacksonException e) {
      throw new RefusedException(Errors.invalidJson("it has a number that cannot be, or ends."));
    }
    if (query == null) {
      throw JsonText.missing("query", "what the documents are ranked by.");
    }
    if (documents.isEmpty()) {
      throw JsonText.missing("documents", "the texts to rank.");
    }
    if (topN != null && topN < 1) {
      throw JsonText.invalid("top_n", "1 or more");
    }
    return new RerankRequest(model, query, documents, topN, returnDocuments);
  }

  private static void documents(JsonText json, List<RawJson> documents) {
    json.array("documents");
    while (json.nextElement()) {
      JsonToken token = json.parser().currentToken();
      if (token != JsonToken.VALUE_STRING && token != JsonToken.START_OBJECT) {
        throw JsonText.wrongType("documents[" + documents.size() + "]", "a string or an object");
      }
      documents.add(json.raw());
    }
  }

  /**
   * @param modelArn of the ranking model
   */
  void write(String modelArn, ByteBuf out) {
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("queries");
      json.writeStartObject();
      json.writeStringProperty("type", "TEXT");
      json.writeObjectPropertyStart("textQuery");
      json.writeStringProperty("text", query);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeArrayPropertyStart("sources");
      documents.forEach(document -> source(document, json));
      json.writeEndArray();
      json.writeObjectPropertyStart("rerankingConfiguration");
      json.writeStringProperty("type", "BEDROCK_RERANKING_MODEL");
      json.writeObjectPropertyStart("bedrockRerankingConfiguration");
      json.writeNumberProperty(
          "numberOfResults", topN == null ? documents.size() : Math.min(topN, documents.size()));
      json.writeObjectPropertyStart("modelConfiguration");
      json.writeStringProperty("modelArn", modelArn);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void source(RawJson document, JsonGenerator json) {
    boolean text = document.utf8()[0] == '"';
    json.writeStartObject();
    json.writeStringProperty("type", "INLINE");
    json.writeObjectPropertyStart("inlineDocumentSource");
    json.writeStringProperty("type", text ? "TEXT" : "JSON");
    if (text) {
      json.writeObjectPropertyStart("textDocument");
      JsonOut.raw(json, "text", document);
      json.writeEndObject();
    } else {
      JsonOut.raw(json, "jsonDocument", document);
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
