package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.AzureOpenAI;
import io.llmgateway.api.v1alpha1.AzureOpenAI.Cloud;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Backends at Azure OpenAI. */
final class AzureCompiler {
  /** Servers that are Microsoft's own, unlike others below azure.com. */
  private static final Pattern MICROSOFT =
      Pattern.compile(
          "[-a-zA-Z0-9]+[.](openai|cognitiveservices|services[.]ai)[.]azure[.](com|us|cn)");

  private static final Pattern TENANT = Pattern.compile("[0-9A-Za-z]([-.0-9A-Za-z]*[0-9A-Za-z])?");

  private AzureCompiler() {}

  /**
   * @param certificates PEM; null: the usual certificate authorities
   */
  static ProviderConfig compile(
      String field, Backend backend, AzureOpenAI azure, URI endpoint, @Nullable String certificates)
      throws Refusal {
    AzureOpenAI.Entra entra = azure.entra();
    return new ProviderConfig.AzureOpenAi(
        endpoint,
        azure.apiVersion(),
        entra == null ? null : entra(field, backend, entra, endpoint),
        certificates);
  }

  private static ProviderConfig.AzureOpenAi.Entra entra(
      String field, Backend backend, AzureOpenAI.Entra entra, URI endpoint) throws Refusal {
    boolean own = entra.workloadIdentity() != null;
    boolean secret = backend.credential() != null || backend.secretKeyRef() != null;
    if (own == secret) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          field
              + ".entra needs either a client secret (credential or secretKeyRef) or"
              + " workloadIdentity, and has "
              + (own ? "both" : "neither"));
    }
    boolean microsoft =
        endpoint.getScheme().equalsIgnoreCase("https")
            && endpoint.getPort() < 0
            && endpoint.getHost() != null
            && isMicrosofts(endpoint.getHost());
    if (own && !microsoft) {
      throw new Refusal(
          Reasons.INVALID_BASE_URL,
          field
              + ".endpoint must be https://NAME.openai.azure.com (or one of cognitiveservices or"
              + " services.ai) with workloadIdentity: the gateway's own identity is shown to Azure"
              + " alone");
    }
    if (!TENANT.matcher(entra.tenantId()).matches() || entra.clientId().isEmpty()) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          field + ".entra.tenantId and .clientId must be the ids that Entra ID shows");
    }
    Cloud cloud = Objects.requireNonNullElse(entra.cloud(), Cloud.Public);
    return new ProviderConfig.AzureOpenAi.Entra(
        URI.create(authority(cloud) + entra.tenantId()),
        entra.clientId(),
        own ? AzureToken.FILE : null,
        scope(cloud));
  }

  static boolean isMicrosofts(String host) {
    return MICROSOFT.matcher(host).matches();
  }

  private static String authority(Cloud cloud) {
    return switch (cloud) {
      case Public -> "https://login.microsoftonline.com/";
      case USGovernment -> "https://login.microsoftonline.us/";
      case China -> "https://login.partner.microsoftonline.cn/";
    };
  }

  private static String scope(Cloud cloud) {
    return switch (cloud) {
      case Public -> "https://cognitiveservices.azure.com/.default";
      case USGovernment -> "https://cognitiveservices.azure.us/.default";
      case China -> "https://cognitiveservices.azure.cn/.default";
    };
  }

  /** Whether the backend is called as the gateway's ServiceAccount. */
  static boolean wantsToken(BackendConfig backend) {
    return backend.provider() instanceof ProviderConfig.AzureOpenAi azure
        && azure.entra() != null
        && azure.entra().federatedTokenFile() != null;
  }
}
