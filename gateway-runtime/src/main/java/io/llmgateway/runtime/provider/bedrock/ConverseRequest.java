package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.config.ProviderConfig;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes the body of Converse and ConverseStream, which is the same. */
final class ConverseRequest {
  /** Members of Converse that a client may send as they are. */
  private static final Set<String> OWN =
      Set.of(
          "additionalModelResponseFieldPaths",
          "performanceConfig",
          "promptVariables",
          "requestMetadata",
          "serviceTier");

  private static final Set<String> CARRIED =
      Set.of(
          "additionalModelRequestFields",
          "additionalModelResponseFieldPaths",
          "anthropic_beta",
          "guardrailConfig",
          "performanceConfig",
          "promptVariables",
          "requestMetadata",
          "serviceTier",
          "service_tier");

  private final ChatRequest request;
  private final BedrockModel model;
  private final ProviderConfig.Bedrock config;
  private final Unsupported unsupported;

  ConverseRequest(
      ChatRequest request,
      BedrockModel model,
      ProviderConfig.Bedrock config,
      Unsupported unsupported) {
    this.request = request;
    this.model = model;
    this.config = config;
    this.unsupported = unsupported;
  }

  void write(ByteBuf out) {
    AnswerTool.check(request, model, unsupported);
    ModelFields fields = ModelFields.of(request, model, unsupported);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      new ConverseMessages(request.messages(), unsupported, json).write();
      inferenceConfig(json);
      new ConverseTools(request, model, unsupported).write(json, fields.choosesTool());
      fields.write(json);
      outputConfig(json, fields);
      if (config.guardrail() != null) {
        guardrail(config.guardrail(), json);
      }
      others(json);
      json.writeEndObject();
    }
  }

  /** For CountTokens: what the model reads, and nothing on how it shall answer. */
  void writeCount(ByteBuf out) {
    ModelFields fields = ModelFields.of(request, model, unsupported);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("input");
      json.writeObjectPropertyStart("converse");
      new ConverseMessages(request.messages(), unsupported, json).write();
      new ConverseTools(request, model, unsupported).write(json, fields.choosesTool());
      fields.write(json);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private void inferenceConfig(JsonGenerator json) {
    Sampling sampling = request.sampling();
    if (sampling.n() != null && sampling.n() != 1) {
      unsupported.report("n", "more than one answer");
    }
    if (Boolean.TRUE.equals(sampling.logprobs())) {
      unsupported.report("logprobs", "log probabilities");
    }
    if (sampling.logitBias() != null) {
      unsupported.report("logit_bias", "a bias of tokens");
    }
    boolean any =
        sampling.maxTokens() != null
            || sampling.temperature() != null
            || sampling.topP() != null
            || !sampling.stop().isEmpty();
    if (!any) {
      return;
    }
    json.writeObjectPropertyStart("inferenceConfig");
    if (sampling.maxTokens() != null) {
      json.writeNumberProperty("maxTokens", sampling.maxTokens());
    }
    if (sampling.temperature() != null) {
      json.writeNumberProperty("temperature", temperature(sampling.temperature()));
    }
    if (sampling.topP() != null) {
      json.writeNumberProperty("topP", sampling.topP());
    }
    if (!sampling.stop().isEmpty()) {
      json.writeArrayPropertyStart("stopSequences");
      sampling.stop().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
    if (!sampling.stop().isEmpty()
        && !request.others().containsKey("additionalModelResponseFieldPaths")) {
      // Which of them ended the answer; models that do not tell are not troubled by the question.
      json.writeArrayPropertyStart("additionalModelResponseFieldPaths");
      json.writeString("/stop_sequence");
      json.writeEndArray();
    }
  }

  private double temperature(double temperature) {
    if (temperature > 1) {
      unsupported.report("temperature", "more than 1");
      return 1;
    }
    return temperature;
  }

  private void outputConfig(JsonGenerator json, ModelFields fields) {
    OutputFormat.JsonSchema schema =
        request.outputFormat() instanceof OutputFormat.JsonSchema format
                && model.structuredOutputs()
            ? format
            : null;
    if (schema == null && fields.effort() == null) {
      return;
    }
    json.writeObjectPropertyStart("outputConfig");
    if (fields.effort() != null) {
      json.writeStringProperty("effort", fields.effort());
    }
    if (schema != null) {
      json.writeObjectPropertyStart("textFormat");
      json.writeStringProperty("type", "json_schema");
      json.writeObjectPropertyStart("structure");
      json.writeObjectPropertyStart("jsonSchema");
      json.writeStringProperty("name", schema.name());
      if (schema.description() != null) {
        json.writeStringProperty("description", schema.description());
      }
      json.writeStringProperty("schema", schema.schema().text());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void guardrail(ProviderConfig.Bedrock.Guardrail guardrail, JsonGenerator json) {
    json.writeObjectPropertyStart("guardrailConfig");
    json.writeStringProperty("guardrailIdentifier", guardrail.identifier());
    json.writeStringProperty("guardrailVersion", guardrail.version());
    if (guardrail.trace() != null) {
      json.writeStringProperty("trace", guardrail.trace());
    }
    if (request.stream() && guardrail.streamProcessingMode() != null) {
      json.writeStringProperty("streamProcessingMode", guardrail.streamProcessingMode());
    }
    json.writeEndObject();
  }

  private void others(JsonGenerator json) {
    Map<String, RawJson> others = request.others();
    String latency = config.performanceLatency();
    if (latency != null && !others.containsKey("performanceConfig")) {
      type(json, "performanceConfig", "latency", latency);
    }
    String tier = config.serviceTier();
    if (tier != null && !others.containsKey("serviceTier") && !others.containsKey("service_tier")) {
      type(json, "serviceTier", "type", tier);
    }
    unsupported.others(request, CARRIED);
    others.forEach((name, value) -> other(name, value, json));
  }

  private void other(String name, RawJson value, JsonGenerator json) {
    if (OWN.contains(name)) {
      JsonOut.raw(json, name, value);
    } else if (name.equals("guardrailConfig")) {
      if (config.guardrail() != null) {
        unsupported.report(name, "a guardrail besides the backend's own");
      } else {
        JsonOut.raw(json, name, value);
      }
    } else if (name.equals("service_tier")) {
      serviceTier(value.text(), json);
    }
  }

  /** OpenAI's tiers, of which Bedrock has some. */
  private void serviceTier(String quoted, JsonGenerator json) {
    switch (quoted) {
      case "\"auto\"", "null" -> {}
      case "\"default\"", "\"flex\"", "\"priority\"" ->
          type(json, "serviceTier", "type", quoted.substring(1, quoted.length() - 1));
      default -> unsupported.report("service_tier", "a tier other than default, flex and priority");
    }
  }

  private static void type(JsonGenerator json, String name, String member, String value) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty(member, value);
    json.writeEndObject();
  }
}
