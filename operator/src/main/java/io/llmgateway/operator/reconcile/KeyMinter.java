package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.MintedKey;
import io.llmgateway.operator.compile.MintedSecret;
import io.llmgateway.operator.compile.Problem;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the Secret of a key, and never replaces one: whatever the cache missed stays. */
final class KeyMinter {
  private static final Logger LOG = LoggerFactory.getLogger(KeyMinter.class);
  private static final int CONFLICT = 409;
  private static final String ALREADY_EXISTS = "AlreadyExists";

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
   * @return why the API server refused the Secret; null when it did not
   * @throws KubernetesClientException when somebody wrote at the same time: that mends itself
   */
  @Nullable Problem mint(ApiKey key) {
    MintedKey minted = MintedKey.mint(random);
    Secret secret = MintedSecret.of(key, minted);
    try {
      client.resource(secret).create();
    } catch (KubernetesClientException e) {
      if (isThere(e)) {
        return null; // The cache will have it in a moment.
      }
      if (e.getCode() == CONFLICT) {
        throw new KubernetesClientException("a conflict", CONFLICT, null);
      }
      return SecretRefusal.of(secret, e);
    }
    onMinted.run();
    LOG.atInfo()
        .addKeyValue("key", GatewayNames.qualified(key))
        .addKeyValue("keyId", minted.id())
        .log("minted a key");
    return null;
  }

  /** A quota that others count on at the same time conflicts, too, and creates nothing. */
  private static boolean isThere(KubernetesClientException e) {
    return e.getStatus() != null && ALREADY_EXISTS.equals(e.getStatus().getReason());
  }
}
