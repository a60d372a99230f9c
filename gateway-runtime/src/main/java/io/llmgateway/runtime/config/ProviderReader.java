package io.llmgateway.runtime.config;

import org.jspecify.annotations.NullUnmarked;

/** The forms of {@link ProviderConfig}, by their {@code type}. */
@NullUnmarked
final class ProviderReader {
  private ProviderReader() {}

  static ProviderConfig provider(Fields f) throws ConfigFormatException {
    String type = f.text("type");
    return switch (type == null ? "" : type) {
      case "openai" ->
          new ProviderConfig.OpenAi(f.text("system"), f.uri("baseUrl"), f.text("caCertificates"));
      case "anthropic" -> new ProviderConfig.Anthropic(f.uri("baseUrl"), f.text("caCertificates"));
      case "bedrock" -> bedrock(f);
      case "azure_openai" ->
          new ProviderConfig.AzureOpenAi(
              f.uri("endpoint"),
              f.text("apiVersion"),
              f.object("entra", ProviderReader::entra),
              f.text("caCertificates"));
      case "gemini" -> new ProviderConfig.Gemini(f.uri("baseUrl"), f.text("caCertificates"));
      case "vertex_ai" ->
          new ProviderConfig.VertexAi(
              f.text("project"), f.text("location"), f.uri("baseUrl"), f.text("caCertificates"));
      case "echo" -> new ProviderConfig.Echo();
      default ->
          throw f.wrong(
              "type",
              "is no provider of this gateway; run one of the same release as the operator");
    };
  }

  private static ProviderConfig.Bedrock bedrock(Fields f) throws ConfigFormatException {
    return new ProviderConfig.Bedrock(
        f.text("region"),
        f.uri("endpoint"),
        f.text("caCertificates"),
        f.text("assumeRoleArn"),
        f.text("inferenceProfileArn"),
        f.object("guardrail", ProviderReader::guardrail),
        f.text("performanceLatency"),
        f.text("serviceTier"));
  }

  private static ProviderConfig.Bedrock.Guardrail guardrail(Fields f) throws ConfigFormatException {
    return new ProviderConfig.Bedrock.Guardrail(
        f.text("identifier"), f.text("version"), f.text("trace"), f.text("streamProcessingMode"));
  }

  private static ProviderConfig.AzureOpenAi.Entra entra(Fields f) throws ConfigFormatException {
    return new ProviderConfig.AzureOpenAi.Entra(
        f.uri("authority"), f.text("clientId"), f.text("federatedTokenFile"), f.text("scope"));
  }
}
