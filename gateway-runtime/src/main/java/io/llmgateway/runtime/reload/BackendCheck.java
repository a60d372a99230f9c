package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.Pricing;
import io.llmgateway.runtime.config.ProviderConfig;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a backend can be called at all. */
final class BackendCheck {
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,6}([.][0-9]{1,11})?");

  private BackendCheck() {}

  /**
   * @param field with its leading dot
   */
  record Flaw(String field, String message) {}

  /** Null when the backend can be called. */
  static @Nullable Flaw flaw(@Nullable BackendConfig backend, Map<String, String> credentials) {
    if (backend == null || backend.name() == null || backend.name().isEmpty()) {
      return new Flaw(".name", "is missing");
    }
    if (backend.weight() < 0) {
      return new Flaw(".weight", "must be 0 or more");
    }
    if (backend.credential() != null) {
      String credential = credentials.get(backend.credential());
      // What goes into no header but into a library may be any text.
      boolean text = backend.provider() instanceof ProviderConfig.VertexAi;
      if (text ? credential == null || credential.isEmpty() : !usable(credential)) {
        return new Flaw(
            ".credential",
            "credentials.json must have a value under this name"
                + (text ? "" : ", of visible ASCII characters"));
      }
    }
    if (!priced(backend)) {
      return new Flaw(".pricing", "must be decimals of at most 18 characters, such as \"0.25\"");
    }
    return providerFlaw(backend.provider(), backend.credential());
  }

  /** No switch with patterns, for which a start would wait. */
  private static @Nullable Flaw providerFlaw(
      @Nullable ProviderConfig provider, @Nullable String credential) {
    if (provider == null) {
      return new Flaw(".provider", "is missing");
    }
    if (provider instanceof ProviderConfig.OpenAi openAi) {
      return openAiFlaw(openAi);
    }
    if (provider instanceof ProviderConfig.Anthropic anthropic) {
      return upstreamFlaw(anthropic.baseUrl(), anthropic.caCertificates());
    }
    if (provider instanceof ProviderConfig.Gemini gemini) {
      return upstreamFlaw(gemini.baseUrl(), gemini.caCertificates());
    }
    if (provider instanceof ProviderConfig.VertexAi vertex) {
      return vertexAiFlaw(vertex);
    }
    if (provider instanceof ProviderConfig.Bedrock bedrock) {
      return bedrockFlaw(bedrock);
    }
    if (provider instanceof ProviderConfig.AzureOpenAi azure) {
      return azureFlaw(azure, credential);
    }
    return null;
  }

  private static boolean priced(BackendConfig backend) {
    Pricing pricing = backend.pricing();
    return pricing == null
        || Stream.of(
                pricing.input(),
                pricing.output(),
                pricing.cacheRead(),
                pricing.cacheWrite5m(),
                pricing.cacheWrite1h())
            .filter(Objects::nonNull)
            .allMatch(price -> PRICE.matcher(price).matches());
  }

  private static @Nullable Flaw openAiFlaw(ProviderConfig.OpenAi provider) {
    if (provider.system() == null || provider.system().isEmpty()) {
      return new Flaw(".provider.system", "is missing");
    }
    return upstreamFlaw(provider.baseUrl(), provider.caCertificates());
  }

  private static @Nullable Flaw vertexAiFlaw(ProviderConfig.VertexAi provider) {
    if (provider.project() == null || provider.project().isEmpty()) {
      return new Flaw(".provider.project", "is missing");
    }
    if (provider.location() == null || provider.location().isEmpty()) {
      return new Flaw(".provider.location", "is missing");
    }
    return upstreamFlaw(provider.baseUrl(), provider.caCertificates());
  }

  private static @Nullable Flaw upstreamFlaw(@Nullable URI url, @Nullable String caCertificates) {
    Flaw flaw = urlFlaw(".provider.baseUrl", url);
    return flaw == null ? certificatesFlaw(caCertificates) : flaw;
  }

  private static @Nullable Flaw azureFlaw(
      ProviderConfig.AzureOpenAi provider, @Nullable String credential) {
    Flaw flaw = urlFlaw(".provider.endpoint", provider.endpoint());
    if (flaw == null && provider.endpoint().getQuery() != null) {
      flaw = new Flaw(".provider.endpoint", "must have no query: apiVersion is apart");
    }
    if (flaw == null) {
      flaw = certificatesFlaw(provider.caCertificates());
    }
    return flaw == null && provider.entra() != null
        ? entraFlaw(provider.entra(), credential)
        : flaw;
  }

  private static @Nullable Flaw entraFlaw(
      ProviderConfig.AzureOpenAi.Entra entra, @Nullable String credential) {
    URI authority = entra.authority();
    if (authority == null
        || !"https".equals(authority.getScheme())
        || authority.getHost() == null) {
      return new Flaw(".provider.entra.authority", "must be https://HOST/TENANT");
    }
    if (entra.clientId() == null || entra.clientId().isEmpty()) {
      return new Flaw(".provider.entra.clientId", "is missing");
    }
    if (entra.scope() == null || entra.scope().isEmpty()) {
      return new Flaw(".provider.entra.scope", "is missing");
    }
    return entra.federatedTokenFile() == null && credential == null
        ? new Flaw(".credential", "is missing: the client secret, without a federatedTokenFile")
        : null;
  }

  private static @Nullable Flaw urlFlaw(String field, @Nullable URI url) {
    if (url == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null
        || url.getPort() == 0
        || url.getPort() > 65535) {
      return new Flaw(field, "must be http://HOST[:PORT]/PATH or https://...");
    }
    return url.getUserInfo() == null && url.getFragment() == null
        ? null
        : new Flaw(field, "must have no user and no fragment");
  }

  private static @Nullable Flaw certificatesFlaw(@Nullable String certificates) {
    return certificates == null || isPem(certificates)
        ? null
        : new Flaw(".provider.caCertificates", "must be X.509 certificates in PEM");
  }

  private static @Nullable Flaw bedrockFlaw(ProviderConfig.Bedrock provider) {
    if (provider.region() == null || provider.region().isEmpty()) {
      return new Flaw(".provider.region", "is missing");
    }
    Flaw flaw =
        provider.endpoint() == null ? null : urlFlaw(".provider.endpoint", provider.endpoint());
    return flaw == null ? certificatesFlaw(provider.caCertificates()) : flaw;
  }

  /** A credential becomes a header's value, where a line break would end the header. */
  private static boolean usable(@Nullable String credential) {
    return credential != null
        && !credential.isEmpty()
        && credential.chars().allMatch(c -> c > ' ' && c < 127);
  }

  private static boolean isPem(String text) {
    try {
      return !CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
          .isEmpty();
    } catch (CertificateException e) {
      return false;
    }
  }
}
