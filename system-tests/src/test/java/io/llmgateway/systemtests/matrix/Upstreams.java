package io.llmgateway.systemtests.matrix;

import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.anthropic.AnthropicStub;
import io.llmgateway.runtime.provider.bedrock.BedrockStub;
import io.llmgateway.runtime.provider.gemini.GoogleStub;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A stub of each provider, which takes part in the {@link Script}. Models are called by the names
 * of the {@link Backend}s.
 */
final class Upstreams implements AutoCloseable {
  private static final String AWS_KEY = "AKIDEXAMPLE";
  private static final String AWS_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private final Map<Backend, List<Heard>> heard = new ConcurrentHashMap<>();
  private final List<StubUpstream> stubs = new ArrayList<>();
  private final List<GoogleStub> google = new ArrayList<>();

  /** How the gateway's process knows its AWS identity. */
  static String[] jvmOptions() {
    return new String[] {
      "-Daws.accessKeyId=" + AWS_KEY, "-Daws.secretAccessKey=" + AWS_SECRET,
    };
  }

  /** Starts the stubs, and routes a model to each. */
  void configure(ConfigDirectoryFixture config) {
    openAi(config, Backend.OPENAI, "openai", ChatCompletionsWire.OPENAI, "sk-proj-0123");
    openAi(config, Backend.VLLM, "vllm", ChatCompletionsWire.VLLM, "vllm-key");
    openAi(config, Backend.OLLAMA, "ollama", ChatCompletionsWire.OLLAMA, "");
    azure(config, Backend.AZURE, null);
    azure(config, Backend.AZURE_DATED, "2024-10-21");
    anthropic(config);
    bedrock(config);
    google(config);
  }

  /** What a backend was asked since the last call. */
  List<Heard> take(Backend backend) {
    List<Heard> requests = heard.remove(backend);
    return requests == null ? List.of() : requests;
  }

  private Script.Reply reply(Backend backend, Heard request) {
    heard.computeIfAbsent(backend, _ -> new ArrayList<>()).add(request);
    return Script.reply(request);
  }

  private void openAi(
      ConfigDirectoryFixture config,
      Backend backend,
      String system,
      ChatCompletionsWire wire,
      String key) {
    StubUpstream stub =
        OpenAiServer.start(
            wire,
            key.isEmpty() ? "" : "Authorization: Bearer " + key,
            "/v1/chat/completions",
            backend == Backend.OPENAI ? "/v1/responses" : "",
            request -> reply(backend, request));
    stubs.add(stub);
    ProviderConfig provider = new ProviderConfig.OpenAi(system, stub.baseUrl(), null);
    route(config, backend, provider, "m-2026", key);
  }

  private void azure(ConfigDirectoryFixture config, Backend backend, @Nullable String apiVersion) {
    String key = "0123456789abcdef";
    StubUpstream stub =
        OpenAiServer.start(
            ChatCompletionsWire.AZURE,
            "api-key: " + key,
            apiVersion == null
                ? "/openai/v1/chat/completions"
                : "/openai/deployments/my-gpt/chat/completions?api-version=" + apiVersion,
            apiVersion == null ? "/openai/v1/responses" : "",
            request -> reply(backend, request));
    stubs.add(stub);
    ProviderConfig provider = new ProviderConfig.AzureOpenAi(root(stub), apiVersion, null, null);
    route(config, backend, provider, "my-gpt", key);
  }

  private static URI root(StubUpstream stub) {
    return URI.create("http://127.0.0.1:" + stub.port());
  }

  private static void route(
      ConfigDirectoryFixture config,
      Backend backend,
      ProviderConfig provider,
      String model,
      String credential) {
    if (!credential.isEmpty()) {
      config.credential(backend.model(), credential);
    }
    config.route(
        backend.model(),
        new BackendConfig(
            "primary", 1, provider, model, credential.isEmpty() ? null : backend.model()));
  }

  private void anthropic(ConfigDirectoryFixture config) {
    StubUpstream stub =
        AnthropicStub.answering(
            request -> {
              try {
                Heard asked = MessagesWire.heard(Hearing.read(request.text()));
                Script.Reply reply = reply(Backend.ANTHROPIC, asked);
                return asked.streamed()
                    ? AnthropicStub.events(MessagesWire.events(reply, asked.thinks()))
                    : StubUpstream.json(MessagesWire.whole(reply, asked.thinks()));
              } catch (RefusedException e) {
                return AnthropicStub.error("400 Bad Request", "invalid_request_error", e.reason());
              }
            });
    stubs.add(stub);
    ProviderConfig provider = new ProviderConfig.Anthropic(root(stub), null);
    route(config, Backend.ANTHROPIC, provider, "claude-sonnet-4-5", TestGateway.CREDENTIAL);
  }

  private void bedrock(ConfigDirectoryFixture config) {
    StubUpstream stub =
        BedrockStub.with(
            id -> id.equals(AWS_KEY) ? AWS_SECRET : null,
            (request, connection) -> {
              try {
                Heard asked = ConverseWire.heard(request);
                ConverseWire.say(reply(Backend.BEDROCK, asked), asked, connection);
              } catch (RefusedException e) {
                connection.write(BedrockStub.error(400, "ValidationException", e.reason()));
              }
            });
    stubs.add(stub);
    ProviderConfig provider =
        new ProviderConfig.Bedrock(
            BedrockStub.REGION, root(stub), null, null, null, null, null, null);
    route(config, Backend.BEDROCK, provider, ConverseWire.MODEL, "");
  }

  private void google(ConfigDirectoryFixture config) {
    GoogleStub gemini = new GoogleStub();
    gemini.model(generate(Backend.GEMINI, GenerateContentWire.GEMINI));
    GoogleStub vertex = new GoogleStub();
    vertex.model(generate(Backend.VERTEX, GenerateContentWire.VERTEX));
    google.addAll(List.of(gemini, vertex));
    route(
        config,
        Backend.GEMINI,
        new ProviderConfig.Gemini(gemini.uri("/v1beta"), null),
        GenerateContentWire.MODEL,
        GoogleStub.API_KEY);
    route(
        config,
        Backend.VERTEX,
        new ProviderConfig.VertexAi("my-project", "europe-west4", vertex.uri("/v1"), null),
        GenerateContentWire.MODEL,
        vertex.serviceAccount());
  }

  private Function<GoogleStub.Received, GoogleStub.Answer> generate(
      Backend backend, GenerateContentWire wire) {
    return request -> {
      try {
        JsonNode body = request.body();
        Heard asked = wire.heard(request.path(), body);
        Script.Reply reply = reply(backend, asked);
        return asked.streamed()
            ? new GoogleStub.Answer(200, "text/event-stream", wire.events(reply, asked.thinks()))
            : new GoogleStub.Answer(200, "application/json", wire.whole(reply, asked.thinks()));
      } catch (RefusedException e) {
        return new GoogleStub.Answer(
            400,
            "application/json",
            "{\"error\":{\"code\":400,\"message\":"
                + Hearing.quoted(e.reason())
                + ",\"status\":\"INVALID_ARGUMENT\"}}");
      }
    };
  }

  @Override
  public void close() {
    stubs.forEach(StubUpstream::close);
    google.forEach(GoogleStub::close);
  }
}
