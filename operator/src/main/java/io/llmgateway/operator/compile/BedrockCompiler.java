package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.Bedrock;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import io.llmgateway.runtime.config.ProviderConfig;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Resolves a {@code bedrock} block. */
final class BedrockCompiler {
  private static final String DRAFT = "DRAFT";

  private final SecretValues secrets;
  private final @Nullable String takesOnRolesFor;

  /**
   * @param takesOnRolesFor the one namespace whose routes may name roles; null for any
   */
  BedrockCompiler(SecretValues secrets, @Nullable String takesOnRolesFor) {
    this.secrets = secrets;
    this.takesOnRolesFor = takesOnRolesFor;
  }

  /**
   * @param field of the backend
   * @param namespace of the route
   */
  ProviderConfig.Bedrock compile(String field, String namespace, Backend backend, Bedrock bedrock)
      throws Refusal {
    if (backend.model() != null) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          field + ".model must not be set: bedrock names its model in bedrock.modelId");
    }
    if (bedrock.assumeRoleArn() != null
        && (backend.credential() != null || backend.secretKeyRef() != null)) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          field
              + ": a credential of bedrock is an API key, which takes on no role; remove it or"
              + " bedrock.assumeRoleArn");
    }
    String at = field + ".bedrock";
    if (bedrock.assumeRoleArn() != null
        && takesOnRolesFor != null
        && !takesOnRolesFor.equals(namespace)) {
      throw new Refusal(
          Reasons.ROLE_NOT_ALLOWED,
          at
              + ".assumeRoleArn: the gateway's IAM role is the operator's, and takes on other roles"
              + " for routes in namespace "
              + takesOnRolesFor
              + " alone; move the route there, or remove assumeRoleArn");
    }
    URI endpoint =
        bedrock.endpoint() == null ? null : BaseUrls.parse(at + ".endpoint", bedrock.endpoint());
    return new ProviderConfig.Bedrock(
        region(at, bedrock),
        endpoint,
        certificates(at, namespace, endpoint, bedrock),
        bedrock.assumeRoleArn(),
        bedrock.inferenceProfileArn(),
        guardrail(bedrock.guardrail()),
        bedrock.latency() == null ? null : bedrock.latency().name(),
        bedrock.serviceTier() == null ? null : bedrock.serviceTier().name());
  }

  /** The fourth part of an ARN. */
  private static String region(String at, Bedrock bedrock) throws Refusal {
    if (bedrock.region() != null) {
      return bedrock.region();
    }
    String[] arn =
        bedrock.inferenceProfileArn() == null
            ? new String[0]
            : bedrock.inferenceProfileArn().split(":", -1);
    if (arn.length < 4 || arn[3].isEmpty()) {
      throw new Refusal(
          Reasons.INVALID_BACKEND,
          at + ".region must be set, or an inferenceProfileArn, which has one");
    }
    return arn[3];
  }

  private @Nullable String certificates(
      String at, String namespace, @Nullable URI endpoint, Bedrock bedrock) throws Refusal {
    SecretKeyRef ca = bedrock.tls() == null ? null : bedrock.tls().caSecretRef();
    if (ca == null) {
      return null;
    }
    if (endpoint == null || !endpoint.getScheme().equalsIgnoreCase("https")) {
      throw new Refusal(
          Reasons.INVALID_BASE_URL,
          at + ".tls is for an https:// endpoint of your own; set endpoint or remove tls");
    }
    String field = at + ".tls.caSecretRef";
    return Certificates.only(field, secrets.bytes(field, namespace, ca));
  }

  private static ProviderConfig.Bedrock.@Nullable Guardrail guardrail(
      Bedrock.@Nullable Guardrail guardrail) {
    if (guardrail == null) {
      return null;
    }
    return new ProviderConfig.Bedrock.Guardrail(
        guardrail.identifier(),
        Objects.requireNonNullElse(guardrail.version(), DRAFT),
        guardrail.trace() == null ? null : guardrail.trace().name(),
        guardrail.streamProcessingMode() == null ? null : guardrail.streamProcessingMode().name());
  }
}
