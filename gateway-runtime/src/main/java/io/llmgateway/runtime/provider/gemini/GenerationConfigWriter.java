package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.Errors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes {@code generationConfig}. */
final class GenerationConfigWriter {
  private final JsonGenerator json;
  private final ChatRequest request;
  private final ModelTraits traits;
  private final Unsupported unsupported;

  GenerationConfigWriter(
      JsonGenerator json, ChatRequest request, ModelTraits traits, Unsupported unsupported) {
    this.json = json;
    this.request = request;
    this.traits = traits;
    this.unsupported = unsupported;
  }

  /** The member, name and value. */
  void write() {
    json.writeObjectPropertyStart("generationConfig");
    sampling(request.sampling());
    format(request.outputFormat());
    ThinkingConfig thinking = ThinkingConfig.of(request.reasoning(), traits);
    if (thinking != null) {
      thinking.write(json);
    }
    String resolution = mediaResolution();
    if (resolution != null) {
      json.writeStringProperty("mediaResolution", resolution);
    }
    json.writeEndObject();
  }

  private void sampling(Sampling sampling) {
    number("candidateCount", sampling.n());
    number("maxOutputTokens", sampling.maxTokens());
    number("temperature", sampling.temperature());
    number("topP", sampling.topP());
    number("topK", sampling.topK());
    number("frequencyPenalty", sampling.frequencyPenalty());
    number("presencePenalty", sampling.presencePenalty());
    Long seed = sampling.seed();
    if (seed != null) {
      if (seed != seed.intValue()) {
        throw new RefusedException(
            Errors.invalidValue("seed", "from -2147483648 to 2147483647 for this model"));
      }
      json.writeNumberProperty("seed", seed.intValue());
    }
    if (!sampling.stop().isEmpty()) {
      json.writeArrayPropertyStart("stopSequences");
      sampling.stop().forEach(json::writeString);
      json.writeEndArray();
    }
    if (Boolean.TRUE.equals(sampling.logprobs())) {
      json.writeBooleanProperty("responseLogprobs", true);
      number("logprobs", sampling.topLogprobs());
    }
    if (sampling.logitBias() != null && !sampling.logitBias().text().equals("{}")) {
      unsupported.report("logit_bias", "a bias for single tokens");
    }
  }

  private void format(@Nullable OutputFormat format) {
    if (format == null) {
      return;
    }
    json.writeStringProperty("responseMimeType", "application/json");
    if (format instanceof OutputFormat.JsonSchema schema) {
      JsonOut.raw(json, "responseJsonSchema", schema.schema());
    }
  }

  /** Gemini looks at all images of a request alike. */
  private @Nullable String mediaResolution() {
    String found = null;
    for (Message message : request.messages()) {
      for (Part part : message.parts()) {
        String detail = part instanceof Part.Image image ? image.detail() : null;
        if (detail == null || detail.equals("auto")) {
          continue;
        }
        if (found != null && !found.equals(detail)) {
          unsupported.report(
              message.param() + ".content", "a detail that differs from image to image");
          continue;
        }
        found = detail;
      }
    }
    return switch (found) {
      case "low" -> "MEDIA_RESOLUTION_LOW";
      case "high" -> "MEDIA_RESOLUTION_HIGH";
      case null, default -> null;
    };
  }

  private void number(String name, @Nullable Integer value) {
    if (value != null) {
      json.writeNumberProperty(name, value.intValue());
    }
  }

  private void number(String name, @Nullable Double value) {
    if (value != null) {
      json.writeNumberProperty(name, value.doubleValue());
    }
  }
}
