package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.embedding.EmbeddingsProtocol;
import io.llmgateway.runtime.embedding.EmbeddingsReply;
import io.llmgateway.runtime.embedding.EmbeddingsRequest;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code batchEmbedContents} of the Gemini API; {@code predict} of Vertex AI, and its {@code
 * embedContent} for the models that {@code predict} does not know.
 */
final class GeminiEmbeddings implements EmbeddingsProtocol {
  private final GoogleApi api;
  private final GoogleErrors errors;

  GeminiEmbeddings(GoogleApi api, GoogleErrors errors) {
    this.api = api;
    this.errors = errors;
  }

  @Override
  public UpstreamRequest encode(
      EmbeddingsRequest request,
      String model,
      Unsupported unsupported,
      ByteBufAllocator allocator) {
    for (String name : request.others().keySet()) {
      if (!name.equals("task_type")) {
        unsupported.report(name, "a parameter that Gemini does not know");
      }
    }
    RawJson task = request.others().get("task_type");
    String path = api.path(model);
    return switch (api) {
      case GoogleApi.Gemini gemini ->
          GeminiProtocol.post(
              path + ":batchEmbedContents",
              allocator,
              json -> batch(json, request, gemini.resource(model), task));
      case GoogleApi.Vertex _ when isPredicted(model) ->
          GeminiProtocol.post(path + ":predict", allocator, json -> predict(json, request, task));
      case GoogleApi.Vertex _ -> {
        if (request.inputs().size() > 1) {
          throw new RefusedException(
              Errors.invalidValue("input", "one text: Vertex AI embeds no more at a time with it"));
        }
        yield GeminiProtocol.post(
            path + ":embedContent",
            allocator,
            json -> content(json, request.inputs().getFirst(), request.dimensions(), task));
      }
    };
  }

  /** From {@code gemini-embedding-2} on it is {@code embedContent}. */
  private static boolean isPredicted(String model) {
    return !model.contains("gemini-embedding-") || model.endsWith("gemini-embedding-001");
  }

  private static void batch(
      JsonGenerator json, EmbeddingsRequest request, String model, @Nullable RawJson task) {
    json.writeArrayPropertyStart("requests");
    for (String input : request.inputs()) {
      json.writeStartObject();
      json.writeStringProperty("model", model);
      content(json, input, request.dimensions(), task);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void content(
      JsonGenerator json, String input, @Nullable Integer dimensions, @Nullable RawJson task) {
    json.writeObjectPropertyStart("content");
    json.writeArrayPropertyStart("parts");
    json.writeStartObject();
    json.writeStringProperty("text", input);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    if (task != null) {
      JsonOut.raw(json, "taskType", task);
    }
    if (dimensions != null) {
      json.writeNumberProperty("outputDimensionality", dimensions.intValue());
    }
  }

  private static void predict(
      JsonGenerator json, EmbeddingsRequest request, @Nullable RawJson task) {
    json.writeArrayPropertyStart("instances");
    for (String input : request.inputs()) {
      json.writeStartObject();
      json.writeStringProperty("content", input);
      if (task != null) {
        JsonOut.raw(json, "task_type", task);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    if (request.dimensions() != null) {
      json.writeObjectPropertyStart("parameters");
      json.writeNumberProperty("outputDimensionality", request.dimensions().intValue());
      json.writeEndObject();
    }
  }

  @Override
  public @Nullable EmbeddingsReply read(HttpHeaders head, ByteBuf body) {
    return EmbeddingsParser.read(body);
  }

  @Override
  public ApiError failure(int status, HttpHeaders head, ByteBuf body) {
    return errors.of(status, head.get(HttpHeaderNames.RETRY_AFTER), GoogleError.read(body));
  }
}
