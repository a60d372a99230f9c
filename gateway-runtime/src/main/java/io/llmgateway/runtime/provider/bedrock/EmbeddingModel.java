package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.embedding.EmbeddingsRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a model is asked by InvokeModel to embed texts, see the <a
 * href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html">models' pages
 * of the user guide</a>.
 */
enum EmbeddingModel {
  TITAN_V1,
  TITAN_V2,
  TITAN_MULTIMODAL,
  COHERE_V3,
  COHERE_V4,
  NOVA;

  private static final int COHERE_TEXTS = 96;
  private static final String INPUT_TYPE = "input_type";
  private static final String TRUNCATE = "truncate";
  private static final Set<String> COHERES = Set.of(INPUT_TYPE, TRUNCATE);

  /** Null when it embeds nothing, as far as its name tells. */
  static @Nullable EmbeddingModel of(BedrockModel model) {
    String id = model.id();
    return switch (model.family()) {
      case TITAN -> {
        if (id.contains("embed-image")) {
          yield TITAN_MULTIMODAL;
        }
        if (id.contains("embed-text-v2")) {
          yield TITAN_V2;
        }
        yield id.contains("embed") ? TITAN_V1 : null;
      }
      case COHERE -> {
        if (id.contains("embed-v4")) {
          yield COHERE_V4;
        }
        yield id.contains("embed") ? COHERE_V3 : null;
      }
      case NOVA -> id.contains("embed") ? NOVA : null;
      default -> null;
    };
  }

  /** How many texts one call takes. */
  int textsPerCall() {
    return cohere() ? COHERE_TEXTS : 1;
  }

  private boolean cohere() {
    return this == COHERE_V3 || this == COHERE_V4;
  }

  void write(EmbeddingsRequest request, Unsupported unsupported, JsonGenerator json) {
    Set<String> own = cohere() ? COHERES : Set.of();
    for (String name : request.others().keySet()) {
      if (!own.contains(name)) {
        unsupported.report(name, "a parameter that this model does not know");
      }
    }
    String first = request.inputs().getFirst();
    json.writeStartObject();
    switch (this) {
      case TITAN_V1 -> {
        json.writeStringProperty("inputText", first);
        if (request.dimensions() != null) {
          unsupported.report("dimensions", "vectors of another length");
        }
      }
      case TITAN_V2 -> {
        json.writeStringProperty("inputText", first);
        number(json, "dimensions", request.dimensions());
      }
      case TITAN_MULTIMODAL -> {
        json.writeStringProperty("inputText", first);
        if (request.dimensions() != null) {
          json.writeObjectPropertyStart("embeddingConfig");
          json.writeNumberProperty("outputEmbeddingLength", request.dimensions());
          json.writeEndObject();
        }
      }
      case COHERE_V3, COHERE_V4 -> cohere(request, unsupported, json);
      case NOVA -> nova(request, first, json);
    }
    json.writeEndObject();
  }

  private void cohere(EmbeddingsRequest request, Unsupported unsupported, JsonGenerator json) {
    json.writeArrayPropertyStart("texts");
    request.inputs().forEach(json::writeString);
    json.writeEndArray();
    RawJson purpose = request.others().get(INPUT_TYPE);
    if (purpose == null) {
      json.writeStringProperty(INPUT_TYPE, "search_document");
    } else {
      JsonOut.raw(json, INPUT_TYPE, purpose);
    }
    RawJson truncate = request.others().get(TRUNCATE);
    if (truncate != null) {
      JsonOut.raw(json, TRUNCATE, truncate);
    }
    json.writeArrayPropertyStart("embedding_types");
    json.writeString("float");
    json.writeEndArray();
    if (this == COHERE_V4) {
      number(json, "output_dimension", request.dimensions());
    } else if (request.dimensions() != null) {
      unsupported.report("dimensions", "vectors of another length");
    }
  }

  private static void nova(EmbeddingsRequest request, String text, JsonGenerator json) {
    json.writeStringProperty("schemaVersion", "nova-multimodal-embed-v1");
    json.writeStringProperty("taskType", "SINGLE_EMBEDDING");
    json.writeObjectPropertyStart("singleEmbeddingParams");
    json.writeStringProperty("embeddingPurpose", "GENERIC_INDEX");
    number(json, "embeddingDimension", request.dimensions());
    json.writeObjectPropertyStart("text");
    json.writeStringProperty("truncationMode", "NONE");
    json.writeStringProperty("value", text);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, @Nullable Integer value) {
    if (value != null) {
      json.writeNumberProperty(name, value);
    }
  }
}
