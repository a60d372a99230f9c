package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Tls;
import java.util.ArrayList;
import java.util.List;

/**
 * The config directory: one projected volume of all config Secrets. Shards are optional, written or
 * not, so that the first route or key of a shard appears without a restart.
 */
final class ConfigVolume {
  static final String NAME = "config";
  static final String DIRECTORY = "/etc/llmgateway";

  /** The owner and the pod's group read, nobody else. */
  private static final int MODE = 0440;

  private ConfigVolume() {}

  static Volume of(GatewayNames names) {
    List<VolumeProjection> sources = new ArrayList<>();
    // Required: a pod without manifest would only restart until there is one.
    sources.add(source(names.configSecret(), false));
    sources.add(source(names.credentialsSecret(), true));
    ConfigFiles.allShards().forEach(shard -> sources.add(source(names.shardSecret(shard), true)));
    Tls tls = names.gateway().getSpec().tls();
    if (tls != null) {
      sources.add(
          new VolumeProjectionBuilder()
              .withNewSecret()
              .withName(tls.secretName())
              .withItems(file(ProxyTls.CERTIFICATE), file(ProxyTls.PRIVATE_KEY))
              .endSecret()
              .build());
    }
    return new VolumeBuilder()
        .withName(NAME)
        .withNewProjected()
        .withDefaultMode(MODE)
        .withSources(sources)
        .endProjected()
        .build();
  }

  private static VolumeProjection source(String secret, boolean optional) {
    return new VolumeProjectionBuilder()
        .withNewSecret()
        .withName(secret)
        .withOptional(optional)
        .endSecret()
        .build();
  }

  private static KeyToPath file(String entry) {
    return new KeyToPath(entry, null, "tls/" + entry);
  }
}
