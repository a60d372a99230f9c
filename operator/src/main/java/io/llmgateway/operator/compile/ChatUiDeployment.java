package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.llmgateway.api.v1alpha1.ChatUi;
import java.util.Map;
import java.util.Objects;

/** Open WebUI, which calls the gateway with a key of its own. */
final class ChatUiDeployment {
  static final String PORT = "http";

  private static final String IMAGE = "ghcr.io/open-webui/open-webui:v0.10.2";
  private static final String CONTAINER = "open-webui";
  private static final int NUMBER = 8080;
  private static final String DATA = "data";
  private static final String DIRECTORY = "/app/backend/data";

  /** Not that of the proxy: who may enter one need not enter the other. */
  private static final long USER = 1000;

  /** The image's files are of this group, so that other users than root may run it. */
  private static final long GROUP = 0;

  private ChatUiDeployment() {}

  static Deployment of(GatewayNames names, ChatUi spec) {
    return new DeploymentBuilder()
        .withMetadata(names.child(names.chatUi(), GatewayNames.CHAT_UI))
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .withMatchLabels(names.chatUiSelector())
        .endSelector()
        // One process at a time may have the volume.
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(names.chatUiSelector())
        .endMetadata()
        .withSpec(pod(names, spec))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(GatewayNames names, ChatUi spec) {
    return new PodSpecBuilder()
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(GROUP)
        .withFsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(names, Objects.requireNonNullElse(spec.image(), IMAGE)))
        .addNewVolume()
        .withName(DATA)
        .withNewPersistentVolumeClaim(names.chatUi(), false)
        .endVolume()
        .build();
  }

  private static Container container(GatewayNames names, String image) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(image)
        .withEnv(
            text("OPENAI_API_BASE_URL", names.endpoint() + "/v1"),
            key("OPENAI_API_KEY", names),
            // Signs sessions. It has to be secret and to stay, which the key is and does.
            key("WEBUI_SECRET_KEY", names),
            text("ENABLE_OLLAMA_API", "False"),
            // Else what it was first started with would win over these for ever.
            text("ENABLE_PERSISTENT_CONFIG", "False"),
            text("HOME", "/tmp"))
        .addNewPort()
        .withName(PORT)
        .withContainerPort(NUMBER)
        .withProtocol("TCP")
        .endPort()
        .withNewResources()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", new Quantity("1Gi"))
        .withLimits(Map.of("memory", new Quantity("2Gi")))
        .endResources()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withStartupProbe(probe(5, 60))
        .withReadinessProbe(probe(10, 3))
        .withLivenessProbe(probe(10, 6))
        .addNewVolumeMount()
        .withName(DATA)
        .withMountPath(DIRECTORY)
        .endVolumeMount()
        .build();
  }

  private static Probe probe(int period, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/health")
        .withNewPort(PORT)
        .endHttpGet()
        .withPeriodSeconds(period)
        .withFailureThreshold(failures)
        .withTimeoutSeconds(5)
        .build();
  }

  private static EnvVar text(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static EnvVar key(String name, GatewayNames names) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef(MintedSecret.KEY_ENTRY, names.chatUi(), null)
        .endValueFrom()
        .build();
  }
}
