package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.llmgateway.api.v1alpha1.ExternalSecret;
import io.llmgateway.api.v1alpha1.ExternalSecret.StoreKind;
import io.llmgateway.api.v1alpha1.ExternalSecret.StoreRef;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.SecretSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the External Secrets Operator is asked for; it writes a Secret of the same name. */
public final class ExternalSecretObject {
  /** External Secrets copies labels: not that of pulled Secrets. */
  private static final String COMPONENT = "external-secret";

  /** The entry of that Secret which holds the credential. */
  static final String VALUE_ENTRY = "value";

  private static final String REFRESH = "1h";

  private ExternalSecretObject() {}

  /**
   * Also the name of the Secret that comes of it.
   *
   * @param gateway its name
   * @param name in {@code spec.secrets}
   */
  public static String nameFor(String gateway, String name) {
    return gateway + "-external-" + name;
  }

  static GenericKubernetesResource of(
      GatewayNames names, SecretSource source, ExternalSecret secret) {
    String name = nameFor(names.name(), source.name());
    StoreRef store = secret.storeRef();
    Map<String, Object> remote = new TreeMap<>(Map.of("key", secret.key()));
    if (secret.property() != null) {
      remote.put("property", secret.property());
    }
    return ForeignKind.EXTERNAL_SECRET.object(
        names.child(name, COMPONENT),
        new TreeMap<>(
            Map.of(
                "refreshInterval",
                Objects.requireNonNullElse(secret.refreshInterval(), REFRESH),
                "secretStoreRef",
                new TreeMap<>(
                    Map.of(
                        "name",
                        store.name(),
                        "kind",
                        Objects.requireNonNullElse(store.kind(), StoreKind.SecretStore).name())),
                "target",
                new TreeMap<>(Map.of("name", name, "creationPolicy", "Owner")),
                "data",
                List.of(new TreeMap<>(Map.of("secretKey", VALUE_ENTRY, "remoteRef", remote))))));
  }
}
