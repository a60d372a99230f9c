package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.MintedKey;
import io.llmgateway.operator.compile.MintedSecret;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the Secret of a key, and never replaces one: whatever the cache missed stays. */
final class KeyMinter {
  private static final Logger LOG = LoggerFactory.getLogger(KeyMinter.class);
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final ClusterCache cache;
  private final Runnable onMinted;
  private final SecureRandom random = new SecureRandom();

  KeyMinter(KubernetesClient client, ClusterCache cache, Runnable onMinted) {
    this.client = client;
    this.cache = cache;
    this.onMinted = onMinted;
  }

  /** Whether there is a Secret to mint into, and it is not there. */
  boolean isMissing(ApiKey key) {
    String name = MintedSecret.nameFor(key);
    return name != null
        && key.getMetadata().getDeletionTimestamp() == null
        && cache.find(key.getMetadata().getNamespace(), name) == null;
  }

  /**
   * @throws IllegalStateException when the API server refuses the Secret; without its words, which
   *     may quote the key
   */
  void mint(ApiKey key) {
    MintedKey minted = MintedKey.mint(random);
    try {
      client.resource(MintedSecret.of(key, minted)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return; // The cache will have it in a moment.
      }
      throw new IllegalStateException(
          "the Secret of ApiKey "
              + GatewayNames.qualified(key)
              + " cannot be created: status "
              + e.getCode());
    }
    onMinted.run();
    LOG.atInfo()
        .addKeyValue("key", GatewayNames.qualified(key))
        .addKeyValue("keyId", minted.id())
        .log("minted a key");
  }
}
