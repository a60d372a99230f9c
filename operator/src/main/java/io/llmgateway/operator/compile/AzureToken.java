package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/**
 * The token of the gateway's ServiceAccount that Microsoft Entra ID exchanges for one of its own.
 * Kubernetes writes it and renews it; it is where Azure's own webhook would put it.
 */
final class AzureToken {
  private static final String NAME = "azure-identity-token";
  private static final String DIRECTORY = "/var/run/secrets/azure/tokens";
  static final String FILE = DIRECTORY + "/" + NAME;

  /** What Entra ID expects in the {@code aud} of tokens of other issuers. */
  private static final String AUDIENCE = "api://AzureADTokenExchange";

  private static final long EXPIRATION_SECONDS = 3600;

  private AzureToken() {}

  static Volume volume() {
    return new VolumeBuilder()
        .withName(NAME)
        .withNewProjected()
        .withDefaultMode(0440)
        .addNewSource()
        .withNewServiceAccountToken()
        .withAudience(AUDIENCE)
        .withExpirationSeconds(EXPIRATION_SECONDS)
        .withPath(NAME)
        .endServiceAccountToken()
        .endSource()
        .endProjected()
        .build();
  }

  static VolumeMount mount() {
    return new VolumeMountBuilder()
        .withName(NAME)
        .withMountPath(DIRECTORY)
        .withReadOnly(true)
        .build();
  }
}
