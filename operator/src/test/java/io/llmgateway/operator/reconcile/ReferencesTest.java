package io.llmgateway.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencesTest {
  /** Of whoever can be given certificate authorities, now or later. */
  static Object[] providersWithTls() {
    return Arrays.stream(Backend.class.getRecordComponents())
        .filter(c -> c.getType().isRecord())
        .filter(
            c ->
                Arrays.stream(c.getType().getRecordComponents())
                    .anyMatch(member -> member.getType() == UpstreamTls.class))
        .map(RecordComponent::getName)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("providersWithTls")
  void aRouteIsFoundByTheSecretOfItsAuthorities(String provider) {
    ModelRoute route =
        Serialization.unmarshal(
            """
            apiVersion: llmgateway.io/v1alpha1
            kind: ModelRoute
            metadata: {name: chat, namespace: apps}
            spec:
              gatewayRef: {name: gw}
              backends:
              - name: one
                secretKeyRef: {name: credential, key: token}
                %s:
                  tls: {caSecretRef: {name: authorities, key: ca.crt}}
            """
                .formatted(provider),
            ModelRoute.class);

    assertThat(References.secretsOf(route)).containsExactly("apps/authorities", "apps/credential");
  }
}
