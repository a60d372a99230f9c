package io.llmgateway.localcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodTemplateTest {
  private static final String DEPLOYMENT =
      """
      metadata: {name: shop, namespace: web, uid: u-1}
      spec:
        template:
          metadata: {labels: {app: gateway}}
          spec:
            containers:
            - name: proxy
              args: [--config=/etc/llmgateway, --port=4000, --management-port=4001]
              ports:
              - {name: api, containerPort: 4000}
              - {name: management, containerPort: 4001}
              resources: {limits: {memory: 512Mi}}
              volumeMounts: [{name: config, mountPath: /etc/llmgateway}]
      """;

  @Test
  void aPodHasPortsOfItsOwnAndIsToldSo() throws IOException {
    var pod = PodTemplate.pod(deployment(), "abc", Map.of("api", 4100, "management", 4102));

    assertThat(PodTemplate.port(pod.path("spec"), "api")).isEqualTo(4100);
    assertThat(PodTemplate.port(pod.path("spec"), "management")).isEqualTo(4102);
    assertThat(PodTemplate.container(pod.path("spec")).path("args"))
        .extracting(a -> a.asText())
        .containsExactly("--config=/etc/llmgateway", "--port=4100", "--management-port=4102");
    assertThat(pod.at("/metadata/labels/app").asText()).isEqualTo("gateway");
    assertThat(PodTemplate.ownerName(pod)).isEqualTo("shop");
    assertThat(PodTemplate.isOurs(pod)).isTrue();
  }

  @Test
  void theHashFollowsTheTemplateAndNotTheOrderOfItsFields() throws IOException {
    var hash = PodTemplate.hash(deployment(), "4000");
    var reordered = deployment();
    var meta = (ObjectNode) reordered.at("/spec/template");
    meta.set("metadata", meta.remove("metadata"));
    var changed = deployment();
    ((ObjectNode) changed.at("/spec/template/metadata/labels")).put("app", "other");

    assertThat(PodTemplate.hash(reordered, "4000")).isEqualTo(hash);
    assertThat(PodTemplate.hash(changed, "4000")).isNotEqualTo(hash);
    assertThat(PodTemplate.hash(deployment(), "4100")).isNotEqualTo(hash);
  }

  @Test
  void theCommandHasTheContainersLimitAndTheVolumesPath() throws IOException {
    var settings =
        new NodeSettings(
            Path.of("/data"),
            Path.of("/jars/gateway-runtime.jar"),
            Path.of("/jars/gateway.options"),
            4000,
            true,
            Duration.ofSeconds(30),
            Clock.systemUTC());
    var spec = deployment().at("/spec/template/spec");

    assertThat(GatewayCommand.of(spec, Path.of("/data/pods/p/volumes"), settings))
        .containsSubsequence(
            "@/jars/gateway.options",
            "-XX:MaxRAM=536870912",
            "-jar",
            "/jars/gateway-runtime.jar",
            "--config=/data/pods/p/volumes/config",
            "--port=4000",
            "--host=127.0.0.1",
            "--reuse-port");
  }

  @Test
  void memoryIsReadAsKubernetesWritesIt() {
    assertThat(GatewayCommand.bytes("1Gi")).isEqualTo(1L << 30);
    assertThat(GatewayCommand.bytes("64Ki")).isEqualTo(65536);
    assertThat(GatewayCommand.bytes("1000")).isEqualTo(1000);
    assertThat(GatewayCommand.bytes("")).isZero();
    assertThat(GatewayCommand.bytes("0.5Gi")).isZero();
  }

  private static ObjectNode deployment() throws IOException {
    return (ObjectNode) new YAMLMapper().readTree(DEPLOYMENT);
  }
}
