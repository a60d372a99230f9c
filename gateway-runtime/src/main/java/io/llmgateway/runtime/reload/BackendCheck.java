package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a backend can be called at all. */
final class BackendCheck {
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
    if (backend.credential() != null && !usable(credentials.get(backend.credential()))) {
      return new Flaw(
          ".credential",
          "credentials.json must have a value under this name, of visible ASCII characters");
    }
    return switch (backend.provider()) {
      case null -> new Flaw(".provider", "is missing");
      case ProviderConfig.OpenAi openAi -> openAiFlaw(openAi);
      case ProviderConfig.Anthropic anthropic ->
          upstreamFlaw(anthropic.baseUrl(), anthropic.caCertificates());
      case ProviderConfig.Bedrock bedrock -> bedrockFlaw(bedrock);
      case ProviderConfig.Echo _ -> null;
    };
  }

  private static @Nullable Flaw openAiFlaw(ProviderConfig.OpenAi provider) {
    if (provider.system() == null || provider.system().isEmpty()) {
      return new Flaw(".provider.system", "is missing");
    }
    return upstreamFlaw(provider.baseUrl(), provider.caCertificates());
  }

  private static @Nullable Flaw upstreamFlaw(@Nullable URI url, @Nullable String caCertificates) {
    if (url == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null
        || url.getPort() == 0
        || url.getPort() > 65535) {
      return new Flaw(".provider.baseUrl", "must be http://HOST[:PORT]/PATH or https://...");
    }
    if (url.getUserInfo() != null || url.getFragment() != null) {
      return new Flaw(".provider.baseUrl", "must have no user and no fragment");
    }
    if (caCertificates != null && !isPem(caCertificates)) {
      return new Flaw(".provider.caCertificates", "must be X.509 certificates in PEM");
    }
    return null;
  }

  private static @Nullable Flaw bedrockFlaw(ProviderConfig.Bedrock provider) {
    if (provider.region() == null || provider.region().isEmpty()) {
      return new Flaw(".provider.region", "is missing");
    }
    URI url = provider.endpoint();
    boolean http =
        url == null
            || (url.getHost() != null
                && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())));
    if (!http) {
      return new Flaw(".provider.endpoint", "must be http://HOST[:PORT]/PATH or https://...");
    }
    if (provider.caCertificates() != null && !isPem(provider.caCertificates())) {
      return new Flaw(".provider.caCertificates", "must be X.509 certificates in PEM");
    }
    return null;
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
