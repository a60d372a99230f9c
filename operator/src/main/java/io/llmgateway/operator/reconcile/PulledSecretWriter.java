package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.aws.Pulled;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.PulledSecret;
import io.llmgateway.operator.compile.SecretPull;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps pulled values in Secrets; the cache tells of them, and the gateway is compiled anew. */
final class PulledSecretWriter {
  private final KubernetesClient client;
  private final ClusterCache cache;

  PulledSecretWriter(KubernetesClient client, ClusterCache cache) {
    this.client = client;
    this.cache = cache;
  }

  /**
   * Writes what is new, and deletes what the spec names no more.
   *
   * @return why some could not be written
   */
  List<Problem> write(LlmGateway gateway, List<SecretPull> wanted, List<Pulled> pulled) {
    GatewayNames names = new GatewayNames(gateway);
    List<Problem> problems = new ArrayList<>();
    for (Pulled p : pulled) {
      if (p.value() != null) {
        Problem problem = write(PulledSecret.of(names, p.sync().name(), p.value()));
        if (problem != null) {
          problems.add(problem);
        }
      }
    }
    Set<String> kept =
        wanted.stream()
            .map(pull -> PulledSecret.nameFor(names, pull.name()))
            .collect(Collectors.toSet());
    for (Secret secret : cache.secrets(names.namespace(), names.pulledSelector())) {
      if (!kept.contains(secret.getMetadata().getName()) && References.isOf(gateway, secret)) {
        client.resource(secret).delete();
      }
    }
    return problems;
  }

  private @Nullable Problem write(Secret secret) {
    Secret actual = cache.find(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
    if (actual != null
        && Objects.equals(actual.getData(), secret.getData())
        && Objects.equals(
            actual.getMetadata().getOwnerReferences(), secret.getMetadata().getOwnerReferences())) {
      return null;
    }
    try {
      client
          .resource(secret)
          .fieldManager(GatewayNames.MANAGED_BY)
          .forceConflicts()
          .serverSideApply();
      return null;
    } catch (KubernetesClientException e) {
      return SecretRefusal.of(secret, e);
    }
  }
}
