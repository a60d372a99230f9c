package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the configuration: shards, then the manifest, then the end of what it lists no more. */
final class ConfigWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigWriter.class);

  private final KubernetesClient client;
  private final ClusterCache cache;

  ConfigWriter(KubernetesClient client, ClusterCache cache) {
    this.client = client;
    this.cache = cache;
  }

  /**
   * Writes what differs, and nothing when there is nothing to write.
   *
   * @return why it could not be written; null when it is
   */
  @Nullable Problem write(LlmGateway gateway, CompiledGateway compiled) {
    List<Secret> secrets = compiled.configSecrets();
    int written = 0;
    for (Secret secret : secrets) {
      if (!isThere(secret)) {
        try {
          client
              .resource(secret)
              .fieldManager(GatewayNames.MANAGED_BY)
              .forceConflicts()
              .serverSideApply();
          written++;
        } catch (KubernetesClientException e) {
          return SecretRefusal.of(secret, e);
        }
      }
    }
    if (written > 0) {
      LOG.atInfo()
          .addKeyValue("gateway", GatewayNames.qualified(gateway))
          .addKeyValue("revision", compiled.manifest().revision())
          .addKeyValue("secrets", written)
          .log("wrote the configuration");
    }
    if (!secrets.isEmpty()) {
      obsolete(gateway, secrets).forEach(this::delete);
    }
    return null;
  }

  private boolean isThere(Secret wanted) {
    Secret actual = cache.find(wanted.getMetadata().getNamespace(), wanted.getMetadata().getName());
    return actual != null
        && has(actual.getData(), wanted.getData())
        && has(actual.getMetadata().getLabels(), wanted.getMetadata().getLabels())
        && uids(actual).containsAll(uids(wanted));
  }

  private static boolean has(
      @Nullable Map<String, String> actual, @Nullable Map<String, String> wanted) {
    return wanted == null || actual != null && actual.entrySet().containsAll(wanted.entrySet());
  }

  private static Set<String> uids(Secret secret) {
    return secret.getMetadata().getOwnerReferences().stream()
        .map(OwnerReference::getUid)
        .collect(Collectors.toSet());
  }

  private List<Secret> obsolete(LlmGateway gateway, List<Secret> wanted) {
    GatewayNames names = new GatewayNames(gateway);
    Set<String> listed =
        wanted.stream().map(s -> s.getMetadata().getName()).collect(Collectors.toSet());
    return cache.secrets(names.namespace(), names.configSelector()).stream()
        .filter(s -> !listed.contains(s.getMetadata().getName()))
        .filter(s -> uids(s).contains(gateway.getMetadata().getUid()))
        .toList();
  }

  private void delete(Secret secret) {
    try {
      client.resource(secret).delete();
    } catch (KubernetesClientException e) {
      // The runtime reads only what the manifest lists; the next reconciliation tries again.
      LOG.warn("cannot delete Secret {}: status {}", GatewayNames.qualified(secret), e.getCode());
    }
  }
}
