package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import org.jspecify.annotations.Nullable;

/**
 * A resource of Azure OpenAI. The backend's {@code model} is the name of the deployment, and its
 * credential the resource's API key or, with {@code entra}, a client secret.
 *
 * @param endpoint of the resource, such as {@code https://my-resource.openai.azure.com}
 * @param apiVersion a date such as {@code 2024-10-21}, for the API that has a URL for each
 *     deployment; {@code preview} or absent: the v1 API
 * @param entra tokens of Microsoft Entra ID are shown instead of an API key
 * @param tls how to trust the server; absent: the usual certificate authorities
 */
@ApiRecord
@ValidationRule(
    value = "!has(self.tls) || self.endpoint.startsWith('https://')",
    message = "tls has no effect on an http:// endpoint: use https:// or remove tls")
@ValidationRule(
    value =
        "!has(self.entra) || !has(self.entra.workloadIdentity) ||"
            + " self.endpoint.matches('^https://[-a-zA-Z0-9]+[.](openai|cognitiveservices|services[.]ai)[.]azure[.](com|us|cn)/?$')",
    message = AzureOpenAI.OWN_IDENTITY)
public record AzureOpenAI(
    @Size(min = 1, max = Syntax.URL_LENGTH)
        @ValidationRule(value = Syntax.URL_RULE, message = AzureOpenAI.ENDPOINT_MESSAGE)
        String endpoint,
    @Pattern("^(20[0-9]{2}-[0-9]{2}-[0-9]{2}(-preview)?|preview)$") @Size(min = 1, max = 32)
        @Nullable String apiVersion,
    @Nullable Entra entra,
    @Nullable UpstreamTls tls) {

  static final String ENDPOINT_MESSAGE =
      "must be an http or https URL without credentials, query and fragment, such as"
          + " https://my-resource.openai.azure.com";

  /**
   * Whoever may write a route could otherwise have the gateway's tokens sent to a server of his.
   */
  static final String OWN_IDENTITY =
      "the gateway's own identity is shown to Azure alone: with workloadIdentity, endpoint must be"
          + " https://NAME.openai.azure.com, NAME.cognitiveservices.azure.com or"
          + " NAME.services.ai.azure.com";

  /**
   * An application of Microsoft Entra ID, or a managed identity.
   *
   * @param tenantId id or domain of the tenant
   * @param clientId of the application or identity
   * @param workloadIdentity the gateway's ServiceAccount, which Entra ID must have been told to
   *     trust, stands for a client secret
   * @param cloud which of Microsoft's clouds the tenant and the resource are in
   */
  @ApiRecord
  public record Entra(
      @Pattern("^[0-9A-Za-z]([-.0-9A-Za-z]*[0-9A-Za-z])?$")
          @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
          String tenantId,
      @Pattern("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$") @Size(min = 36, max = 36)
          String clientId,
      @Nullable WorkloadIdentity workloadIdentity,
      @Default("Public") @Nullable Cloud cloud) {}

  /** The pods get a token of their ServiceAccount, for the audience that Entra ID expects. */
  @ApiRecord
  public record WorkloadIdentity() {}

  /** One of Microsoft's clouds. */
  public enum Cloud {
    Public,
    USGovernment,
    China
  }
}
