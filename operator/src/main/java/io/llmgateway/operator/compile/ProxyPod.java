package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Image;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy pod.
 *
 * @param image reference to pull
 * @param azureToken it gets {@link AzureToken}
 */
record ProxyPod(
    GatewayNames names,
    String image,
    ResourceRequirements resources,
    Shutdown shutdown,
    boolean azureToken) {
  /** Name of the container's and the Service's port for clients. */
  static final String API = "api";

  /** Name of the container's port for the operator, the kubelet and Prometheus. */
  static final String MANAGEMENT = "management";

  private static final String TMP_VOLUME = "tmp";

  /** The user of the image; distroless images call it nonroot. */
  private static final long USER = 65532;

  PodSpec spec() {
    ProxyPlacement placement = new ProxyPlacement(names, names.gateway().getSpec().podTemplate());
    Image spec = names.gateway().getSpec().image();
    List<LocalObjectReference> pullSecrets =
        Present.in(spec == null ? null : spec.pullSecrets()).stream()
            .map(LocalObjectReference::new)
            .toList();
    return new PodSpecBuilder()
        .withServiceAccountName(names.name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withImagePullSecrets(pullSecrets)
        .withTerminationGracePeriodSeconds(shutdown.graceSeconds())
        .withAffinity(placement.affinity())
        .withTopologySpreadConstraints(placement.spread())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(spec))
        .withVolumes(ConfigVolume.of(names))
        .addAllToVolumes(azureToken ? List.of(AzureToken.volume()) : List.of())
        .addNewVolume()
        .withName(TMP_VOLUME)
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .build();
  }

  private Container container(@Nullable Image spec) {
    return new ContainerBuilder()
        .withName(GatewayNames.PROXY)
        .withImage(image)
        .withImagePullPolicy(
            spec == null || spec.pullPolicy() == null ? null : spec.pullPolicy().name())
        .withArgs(args())
        .addNewPort()
        .withName(API)
        .withContainerPort(GatewayNames.API_PORT)
        .withProtocol("TCP")
        .endPort()
        .addNewPort()
        .withName(MANAGEMENT)
        .withContainerPort(GatewayNames.MANAGEMENT_PORT)
        .withProtocol("TCP")
        .endPort()
        .withResources(resources)
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withStartupProbe(
            probe("/health/liveliness").withPeriodSeconds(1).withFailureThreshold(60).build())
        .withLivenessProbe(
            probe("/health/liveliness").withPeriodSeconds(10).withFailureThreshold(3).build())
        .withReadinessProbe(
            probe("/health/readiness").withPeriodSeconds(2).withFailureThreshold(2).build())
        .withLifecycle(shutdown.lifecycle())
        .addNewVolumeMount()
        .withName(ConfigVolume.NAME)
        .withMountPath(ConfigVolume.DIRECTORY)
        .withReadOnly(true)
        .endVolumeMount()
        .addAllToVolumeMounts(azureToken ? List.of(AzureToken.mount()) : List.of())
        .addNewVolumeMount()
        .withName(TMP_VOLUME)
        .withMountPath("/tmp")
        .endVolumeMount()
        .build();
  }

  private List<String> args() {
    List<String> args = new ArrayList<>();
    args.add("--config=" + ConfigVolume.DIRECTORY);
    args.add("--port=" + GatewayNames.API_PORT);
    args.add("--management-port=" + GatewayNames.MANAGEMENT_PORT);
    if (names.gateway().getSpec().tls() != null) {
      args.add("--tls");
    }
    return args;
  }

  private static ProbeBuilder probe(String path) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(MANAGEMENT)
        .endHttpGet()
        .withTimeoutSeconds(2);
  }
}
