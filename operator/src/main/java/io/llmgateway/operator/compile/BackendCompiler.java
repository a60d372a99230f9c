package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.Anthropic;
import io.llmgateway.api.v1alpha1.AzureOpenAI;
import io.llmgateway.api.v1alpha1.Gemini;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.OpenAICompatible;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import io.llmgateway.api.v1alpha1.VertexAi;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.Pricing;
import io.llmgateway.runtime.config.ProviderConfig;
import java.net.URI;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves the backends of one gateway, and keeps the credentials that they use. */
final class BackendCompiler {
  private static final String OPENAI_URL = "https://api.openai.com/v1";
  private static final String ANTHROPIC_URL = "https://api.anthropic.com";
  private static final int DEFAULT_WEIGHT = 1;
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,6}([.][0-9]{1,11})?");

  private final String gatewayNamespace;
  private final GatewaySecrets gatewaySecrets;
  private final SecretValues secrets;
  private final CredentialHosts hosts;
  private final BedrockCompiler bedrock;
  private final SortedMap<String, String> credentials = new TreeMap<>();

  /**
   * @param gateway where what {@code gatewaySecrets} finds is
   * @param managedRole whether the operator decides what the gateway may do in AWS
   */
  BackendCompiler(
      LlmGateway gateway,
      GatewaySecrets gatewaySecrets,
      SecretValues secrets,
      boolean managedRole) {
    this.gatewayNamespace = gateway.getMetadata().getNamespace();
    this.hosts = new CredentialHosts(GatewayNames.qualified(gateway), gatewayNamespace);
    this.gatewaySecrets = gatewaySecrets;
    this.secrets = secrets;
    this.bedrock = new BedrockCompiler(secrets, managedRole ? gatewayNamespace : null);
  }

  /** What the backends compiled so far show their upstreams, by the name in their config. */
  SortedMap<String, String> credentials() {
    return credentials;
  }

  /**
   * @param namespace of the route
   * @param dropUnsupported of the route
   * @throws Refusal when the backend cannot be called; it then leaves no trace
   */
  BackendConfig compile(String namespace, Backend backend, @Nullable Boolean dropUnsupported)
      throws Refusal {
    String field = field(backend);
    int weight = Objects.requireNonNullElse(backend.weight(), DEFAULT_WEIGHT);
    if (weight < 0) {
      throw new Refusal(Reasons.INVALID_BACKEND, field + ".weight must not be negative");
    }
    ProviderConfig provider = provider(field, namespace, backend);
    return new BackendConfig(
        backend.name(),
        weight,
        provider,
        model(backend),
        credential(field, namespace, backend, provider),
        Boolean.TRUE.equals(dropUnsupported) ? true : null,
        pricing(field, backend.pricing()));
  }

  private static @Nullable Pricing pricing(
      String field, io.llmgateway.api.v1alpha1.@Nullable Pricing spec) throws Refusal {
    if (spec == null) {
      return null;
    }
    return new Pricing(
        price(field, "input", spec.input()),
        price(field, "output", spec.output()),
        price(field, "cacheRead", spec.cacheRead()),
        price(field, "cacheWrite5m", spec.cacheWrite5m()),
        price(field, "cacheWrite1h", spec.cacheWrite1h()));
  }

  private static @Nullable String price(String field, String name, @Nullable String price)
      throws Refusal {
    if (price != null && !PRICE.matcher(price).matches()) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          field + ".pricing." + name + " must be USD per million tokens, such as \"0.25\"");
    }
    return price;
  }

  static String field(Backend backend) {
    return "backends[" + backend.name() + "]";
  }

  private static @Nullable String model(Backend backend) {
    return backend.bedrock() == null ? backend.model() : backend.bedrock().modelId();
  }

  private ProviderConfig provider(String field, String namespace, Backend b) throws Refusal {
    long providers =
        Stream.of(
                b.bedrock(),
                b.openAI(),
                b.openAICompatible(),
                b.vllm(),
                b.ollama(),
                b.azureOpenAI(),
                b.anthropic(),
                b.gemini(),
                b.vertexAI(),
                b.echo())
            .filter(Objects::nonNull)
            .count();
    if (providers != 1) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          field
              + ": exactly one of bedrock, openAI, openAICompatible, vllm, ollama, azureOpenAI,"
              + " anthropic, gemini, vertexAI and echo must be set, and "
              + (providers == 0 ? "none is" : providers + " are"));
    }
    if (b.bedrock() != null) {
      return bedrock.compile(field, namespace, b, b.bedrock());
    }
    if (b.openAI() != null) {
      String baseUrl = Objects.requireNonNullElse(b.openAI().baseUrl(), OPENAI_URL);
      return openAi("openai", field + ".openAI", namespace, baseUrl, b.openAI().tls());
    }
    if (b.openAICompatible() != null) {
      return compatible(
          "openai_compatible", field + ".openAICompatible", namespace, b.openAICompatible());
    }
    if (b.vllm() != null) {
      return compatible("vllm", field + ".vllm", namespace, b.vllm());
    }
    if (b.ollama() != null) {
      return compatible("ollama", field + ".ollama", namespace, b.ollama());
    }
    if (b.azureOpenAI() != null) {
      return azure(field + ".azureOpenAI", namespace, b, b.azureOpenAI());
    }
    if (b.anthropic() != null) {
      return anthropic(field + ".anthropic", namespace, b.anthropic());
    }
    if (b.gemini() != null) {
      return gemini(field + ".gemini", namespace, b.gemini());
    }
    if (b.vertexAI() != null) {
      return vertexAi(field + ".vertexAI", namespace, b.vertexAI());
    }
    return new ProviderConfig.Echo();
  }

  private ProviderConfig azure(String field, String namespace, Backend backend, AzureOpenAI azure)
      throws Refusal {
    URI endpoint = BaseUrls.parse(field + ".endpoint", azure.endpoint());
    return AzureCompiler.compile(
        field, backend, azure, endpoint, certificates(field, namespace, endpoint, azure.tls()));
  }

  private ProviderConfig anthropic(String field, String namespace, Anthropic upstream)
      throws Refusal {
    String baseUrl = Objects.requireNonNullElse(upstream.baseUrl(), ANTHROPIC_URL);
    URI url = BaseUrls.parse(field + ".baseUrl", baseUrl);
    if (url.getPath().endsWith("/v1")) {
      throw new Refusal(
          Reasons.INVALID_BASE_URL, field + ".baseUrl must end before the version: remove /v1");
    }
    return new ProviderConfig.Anthropic(url, certificates(field, namespace, url, upstream.tls()));
  }

  private ProviderConfig gemini(String field, String namespace, Gemini gemini) throws Refusal {
    String baseUrl = Objects.requireNonNullElse(gemini.baseUrl(), GoogleUrls.GEMINI);
    URI url = BaseUrls.parse(field + ".baseUrl", baseUrl);
    return new ProviderConfig.Gemini(url, certificates(field, namespace, url, gemini.tls()));
  }

  private ProviderConfig vertexAi(String field, String namespace, VertexAi vertex) throws Refusal {
    if (vertex.project().isEmpty() || vertex.location().isEmpty()) {
      throw new Refusal(
          Reasons.INVALID_BACKEND, field + ".project and " + field + ".location must not be empty");
    }
    String baseUrl =
        vertex.baseUrl() == null ? GoogleUrls.vertexAi(vertex.location()) : vertex.baseUrl();
    URI url = BaseUrls.parse(field + ".baseUrl", baseUrl);
    String pem = certificates(field, namespace, url, vertex.tls());
    return new ProviderConfig.VertexAi(vertex.project(), vertex.location(), url, pem);
  }

  private ProviderConfig compatible(
      String system, String field, String namespace, OpenAICompatible upstream) throws Refusal {
    return openAi(system, field, namespace, upstream.baseUrl(), upstream.tls());
  }

  private ProviderConfig openAi(
      String system, String field, String namespace, String baseUrl, @Nullable UpstreamTls tls)
      throws Refusal {
    URI url = BaseUrls.parse(field + ".baseUrl", baseUrl);
    return new ProviderConfig.OpenAi(system, url, certificates(field, namespace, url, tls));
  }

  /** PEM; null: the usual certificate authorities. */
  private @Nullable String certificates(
      String field, String namespace, URI url, @Nullable UpstreamTls tls) throws Refusal {
    SecretKeyRef ca = tls == null ? null : tls.caSecretRef();
    if (ca == null) {
      return null;
    }
    if (!url.getScheme().equalsIgnoreCase("https")) {
      throw new Refusal(
          Reasons.INVALID_BASE_URL,
          field + ".tls has no effect on an http:// baseUrl; use https:// or remove tls");
    }
    String caField = field + ".tls.caSecretRef";
    return Certificates.only(caField, secrets.bytes(caField, namespace, ca));
  }

  /** The name under which the backend's credential is known; null when it has none. */
  private @Nullable String credential(
      String field, String namespace, Backend backend, ProviderConfig provider) throws Refusal {
    String name = backend.credential();
    SecretKeyRef ref = backend.secretKeyRef();
    if (name != null && ref != null) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          field + ": at most one of credential and secretKeyRef must be set");
    }
    if (ref != null) {
      // Slashes keep these apart from the gateway's names, which have none.
      String unique = namespace + "/" + ref.name() + "/" + ref.key();
      String refField = field + ".secretKeyRef";
      credentials.put(
          unique,
          backend.vertexAI() == null
              ? secrets.token(refField, namespace, ref)
              : GoogleCredential.ofRoute(refField, secrets.bytes(refField, namespace, ref)));
      return unique;
    }
    if (name != null) {
      GatewaySecrets.Entry entry = gatewaySecrets.find(field + ".credential", name);
      hosts.check(field, namespace, provider, name, entry.hosts());
      credentials.put(
          name,
          backend.vertexAI() == null
              ? secrets.token(entry.field(), gatewayNamespace, entry.ref())
              : GoogleCredential.ofGateway(
                  entry.field(), secrets.bytes(entry.field(), gatewayNamespace, entry.ref())));
      return name;
    }
    hosts.checkIdentity(field, namespace, provider, backend);
    return null;
  }
}
