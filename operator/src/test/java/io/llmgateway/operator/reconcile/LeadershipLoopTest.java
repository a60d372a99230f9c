package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeadershipLoopTest {
  private static final String LEASE = "llmgateway-operator";

  @Test
  void oneWorksAtATimeAndAnotherTakesOver() throws IOException {
    try (Stage stage = Stage.withoutOperator()) {
      GatewayOperator first = stage.startOperator(as("first"));
      eventually().untilAsserted(() -> assertThat(holder(stage)).isEqualTo("first"));
      GatewayOperator second = stage.startOperator(as("second"));
      stage.apply(GatewayLoopTest.GATEWAY);
      eventually().until(() -> stage.revision("gw") != null);
      assertThat(holder(stage)).isEqualTo("first");
      eventually().until(second::isWatching);

      first.close();
      eventually().untilAsserted(() -> assertThat(holder(stage)).isEqualTo("second"));
      stage.client.secrets().inNamespace("default").withName("gw-config").delete();

      eventually().until(() -> stage.revision("gw") != null);
    }
  }

  private static LeaderElectionConfiguration as(String identity) {
    return new LeaderElectionConfiguration(
        LEASE,
        "default",
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofMillis(200),
        identity,
        null,
        false);
  }

  private static String holder(Stage stage) {
    Lease lease = stage.client.leases().inNamespace("default").withName(LEASE).get();
    return lease == null ? "" : String.valueOf(lease.getSpec().getHolderIdentity());
  }
}
