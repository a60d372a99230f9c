package io.llmgateway.operator.acknowledge;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.llmgateway.operator.compile.GatewayNames;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ready proxy pod.
 *
 * @param incarnation another one after each restart of its container, which may have lost what the
 *     former one had in force
 * @param report where its management port says which revision is in force
 */
public record Replica(String incarnation, URI report) {
  private static final String MANAGEMENT = "management";

  /** Those that are ready and can be asked. */
  public static List<Replica> readyOf(List<Pod> pods) {
    return pods.stream()
        .filter(Replica::isReady)
        .map(Replica::of)
        .filter(Objects::nonNull)
        .map(r -> (Replica) r)
        .toList();
  }

  /** Whether the pod takes requests and is to go on doing so. */
  public static boolean isReady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static @Nullable Replica of(Pod pod) {
    PodStatus status = pod.getStatus();
    String ip = status.getPodIP();
    if (ip == null || ip.isEmpty()) {
      return null;
    }
    String host = ip.contains(":") ? "[" + ip + "]" : ip;
    String container =
        status.getContainerStatuses().stream()
            .filter(c -> GatewayNames.PROXY.equals(c.getName()))
            .map(Replica::run)
            .findFirst()
            .orElse("");
    URI report = URI.create("http://" + host + ":" + managementPort(pod) + "/-/config");
    return new Replica(pod.getMetadata().getUid() + "/" + container, report);
  }

  private static String run(ContainerStatus status) {
    return status.getRestartCount() + "/" + status.getContainerID();
  }

  /** As the pod says: on a laptop each replica has a port of its own. */
  private static int managementPort(Pod pod) {
    for (Container container : pod.getSpec().getContainers()) {
      for (ContainerPort port : container.getPorts()) {
        if (MANAGEMENT.equals(port.getName()) && port.getContainerPort() != null) {
          return port.getContainerPort();
        }
      }
    }
    return GatewayNames.MANAGEMENT_PORT;
  }
}
