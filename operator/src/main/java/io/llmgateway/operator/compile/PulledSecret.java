package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.llmgateway.api.v1alpha1.LlmGateway;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that a pulled value is kept in: so the last good one is there after a restart, too,
 * and whoever compiles the gateway finds it like any other.
 */
public final class PulledSecret {
  /** The component of all of them. */
  public static final String COMPONENT = "secret";

  /** The credential. */
  public static final String VALUE_ENTRY = "value";

  private PulledSecret() {}

  /**
   * @param name in {@code spec.secrets}
   */
  public static String nameFor(GatewayNames gateway, String name) {
    return gateway.name() + "-secret-" + name;
  }

  /**
   * Where nothing is pulled nor fetched: nothing is wrong with such a spec. The value would do for
   * every backend.
   *
   * @param secretName of a Secret
   * @return null when no value of the gateway is to be in that Secret
   */
  public static @Nullable Secret standIn(LlmGateway gateway, String secretName) {
    GatewayNames names = new GatewayNames(gateway);
    return Present.in(gateway.getSpec().secrets()).stream()
        .filter(
            s ->
                s.awsSecretsManager() != null && nameFor(names, s.name()).equals(secretName)
                    || s.externalSecret() != null
                        && ExternalSecretObject.nameFor(names.name(), s.name()).equals(secretName))
        .findFirst()
        .map(s -> of(names, s.name(), "{\"type\":\"service_account\"}"))
        .orElse(null);
  }

  /**
   * @param name in {@code spec.secrets}
   */
  public static Secret of(GatewayNames gateway, String name, String value) {
    return new SecretBuilder()
        .withMetadata(gateway.child(nameFor(gateway, name), COMPONENT))
        .withType("Opaque")
        .withData(
            Map.of(
                VALUE_ENTRY,
                Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))))
        .build();
  }
}
