package io.llmgateway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator's pod runs in a namespace that enforces the Pod Security Standard restricted. */
class PodSecurityTest {
  @Test
  void thePodIsRestricted() {
    for (String values : List.of("everything.yaml", "other.yaml")) {
      JsonNode deployment =
          Chart.find(Chart.objects(Chart.values(values)), "Deployment").orElseThrow();
      JsonNode pod = deployment.at("/spec/template/spec");
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      for (String forbidden : List.of("hostNetwork", "hostPID", "hostIPC")) {
        assertThat(pod.has(forbidden)).as(forbidden).isFalse();
      }
      for (JsonNode volume : pod.path("volumes")) {
        assertThat(volume.has("emptyDir")).as(volume.toString()).isTrue();
      }
      assertThat(pod.has("initContainers")).isFalse();
      for (JsonNode container : pod.path("containers")) {
        JsonNode security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(security.at("/capabilities").has("add")).isFalse();
        assertThat(container.findValues("hostPort")).isEmpty();
      }
    }
  }
}
