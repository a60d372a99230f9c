package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmgateway.operator.compile.GatewayNames;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the revision on the pods. A kubelet projects Secrets anew when it sees its pod changed, at
 * once, rather than in its next minute.
 */
final class PodMarker {
  static final String ANNOTATION = "llmgateway.io/config-revision";

  private static final Logger LOG = LoggerFactory.getLogger(PodMarker.class);
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;

  PodMarker(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @param revision of hexadecimal digits
   */
  void mark(List<Pod> pods, String revision) {
    for (Pod pod : pods) {
      Map<String, String> annotations = pod.getMetadata().getAnnotations();
      if (annotations == null || !revision.equals(annotations.get(ANNOTATION))) {
        patch(pod, revision);
      }
    }
  }

  private void patch(Pod pod, String revision) {
    try {
      // As an object: the client would read the pod before it sends a text.
      client
          .pods()
          .resource(
              new PodBuilder()
                  .withNewMetadata()
                  .withNamespace(pod.getMetadata().getNamespace())
                  .withName(pod.getMetadata().getName())
                  .addToAnnotations(ANNOTATION, revision)
                  .endMetadata()
                  .build())
          .patch(PatchContext.of(PatchType.JSON_MERGE));
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        // Without it the configuration arrives, too, only later.
        LOG.warn("cannot annotate Pod {}: status {}", GatewayNames.qualified(pod), e.getCode());
      }
    }
  }
}
