package io.llmgateway.benchmarks.translation;

import io.llmgateway.benchmarks.load.Answer;
import io.llmgateway.benchmarks.load.MockUpstream;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A backend's API. The first is the client's own, to which all others are compared. */
enum Api {
  OPENAI("OpenAI", "/v1"),
  AZURE("Azure OpenAI", ""),
  ANTHROPIC("Anthropic", ""),
  BEDROCK("Bedrock", ""),
  GEMINI("Gemini", "/v1beta"),
  VERTEX("Vertex AI", "/v1");

  /** As the tables call it. */
  final String title;

  private final String version;

  Api(String title, String version) {
    this.title = title;
    this.version = version;
  }

  /** The model that a client names to be served by this API. */
  String model(boolean streamed) {
    return name().toLowerCase(Locale.ROOT) + (streamed ? "-streamed" : "-whole");
  }

  /** The upstream's answer to whatever is asked below this API's base URL. */
  Answer answer(boolean streamed, MockUpstream.Pace pace) {
    return streamed
        ? new Answer.Streamed(
            this == BEDROCK ? "application/vnd.amazon.eventstream" : "text/event-stream",
            words(),
            pace)
        : new Answer.Whole("application/json", whole());
  }

  private String whole() {
    return switch (this) {
      case OPENAI, AZURE -> OpenAiWords.WHOLE;
      case ANTHROPIC -> AnthropicWords.WHOLE;
      case BEDROCK -> BedrockWords.WHOLE;
      case GEMINI, VERTEX -> GeminiWords.WHOLE;
    };
  }

  private Answer.Words words() {
    return switch (this) {
      case OPENAI, AZURE -> OpenAiWords.STREAM;
      case ANTHROPIC -> AnthropicWords.STREAM;
      case BEDROCK -> new BedrockWords();
      case GEMINI, VERTEX -> GeminiWords.STREAM;
    };
  }

  BackendConfig backend(int upstreamPort, boolean streamed) {
    URI base = URI.create("http://127.0.0.1:" + upstreamPort + "/" + model(streamed) + version);
    return switch (this) {
      case OPENAI ->
          backend(new ProviderConfig.OpenAi("openai", base, null), "gpt-5", Credentials.API_KEY);
      case AZURE ->
          backend(
              new ProviderConfig.AzureOpenAi(base, "2024-10-21", null, null),
              "gpt-5",
              Credentials.API_KEY);
      case ANTHROPIC ->
          backend(
              new ProviderConfig.Anthropic(base, null), "claude-sonnet-4-5", Credentials.API_KEY);
      case BEDROCK ->
          // No credential of its own: the process's AWS identity signs.
          backend(
              new ProviderConfig.Bedrock("us-east-1", base, null, null, null, null, null, null),
              "anthropic.claude-sonnet-4-5-20250929-v1:0",
              null);
      case GEMINI ->
          backend(new ProviderConfig.Gemini(base, null), "gemini-2.5-flash", Credentials.API_KEY);
      case VERTEX ->
          backend(
              new ProviderConfig.VertexAi("bench", "europe-west4", base, null),
              "gemini-2.5-flash",
              Credentials.SERVICE_ACCOUNT);
    };
  }

  private static BackendConfig backend(
      ProviderConfig provider, String model, @Nullable String credential) {
    return new BackendConfig("mock", 100, provider, model, credential);
  }
}
