package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlReadIT {
  @TempDir static Path home;
  private static LocalCluster cluster;
  private static Kubectl kubectl;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    kubectl = Kubectl.against(cluster, home);
    kubectl.given(
        """
        apiVersion: example.test/v1
        kind: Widget
        metadata: {name: one, labels: {team: blue, tier: gold}}
        spec: {replicas: 2, colour: red, owner: {team: a}}
        ---
        apiVersion: example.test/v1
        kind: Widget
        metadata: {name: two, labels: {team: green}}
        spec: {colour: green}
        """,
        "apply",
        "-f",
        "-");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void columnsAreThoseOfTheDefinition() {
    var lines = kubectl.ok("get", "wd").lines().toList();

    assertThat(lines.getFirst()).matches("NAME +READY +REPLICAS +AGE *");
    assertThat(lines.get(1)).matches("one +2 +[0-9]+[sm].*");
  }

  @Test
  void wideShowsMoreColumns() {
    var lines = kubectl.ok("get", "widget", "one", "-o", "wide").lines().toList();

    assertThat(lines.getFirst()).matches("NAME +READY +REPLICAS +COLOUR +AGE *");
    assertThat(lines.get(1)).contains(" red ");
  }

  @Test
  void outputFormats() {
    assertThat(kubectl.ok("get", "wd", "one", "-o", "yaml"))
        .contains("kind: Widget\n", "  replicas: 2\n", "  uid: ");
    assertThat(kubectl.ok("get", "wd", "one", "-o", "jsonpath={.spec.colour}")).isEqualTo("red");
    assertThat(kubectl.ok("get", "wd", "-o", "name").lines())
        .containsExactly("widget.example.test/one", "widget.example.test/two");
    assertThat(
            kubectl
                .ok("get", "wd", "-o", "custom-columns=N:.metadata.name,R:.spec.replicas")
                .lines()
                .map(l -> l.replaceAll(" +", " ").strip()))
        .containsExactly("N R", "one 2", "two 1");
  }

  @Test
  void selectors() {
    assertThat(kubectl.ok("get", "wd", "-l", "team in (blue,red),!other", "-o", "name"))
        .isEqualTo("widget.example.test/one\n");
    assertThat(kubectl.ok("get", "wd", "-l", "team!=blue", "-o", "name"))
        .isEqualTo("widget.example.test/two\n");
    assertThat(kubectl.ok("get", "wd", "--field-selector", "metadata.name=two", "-o", "name"))
        .isEqualTo("widget.example.test/two\n");
    assertThat(kubectl.refused("", "get", "wd", "--field-selector", "spec.colour=red"))
        .contains("field label not supported: spec.colour");
  }

  @Test
  void listsComeInChunks() {
    assertThat(kubectl.ok("get", "wd", "--chunk-size=1", "-o", "name").lines()).hasSize(2);
  }

  @Test
  void watchTellsOfChanges() throws Exception {
    var out = home.resolve("watched");
    var process = kubectl.start(out, home.resolve("errors"), "get", "wd", "-w", "-o", "name");
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(out).contains("widget.example.test/two"));
      kubectl.given(Api.widget("watched", "{}"), "create", "-f", "-");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(out).contains("widget.example.test/watched"));
    } finally {
      process.destroy();
      kubectl.ok("delete", "wd", "watched");
    }
  }

  @Test
  void describeShowsSpecAndEvents() {
    kubectl.given(
        """
        apiVersion: v1
        kind: Event
        metadata: {name: one.1, namespace: default}
        involvedObject: {apiVersion: example.test/v1, kind: Widget, name: one, namespace: default, uid: UID}
        reason: Painted
        message: it is red now
        type: Normal
        source: {component: painter}
        """
            .replace("UID", kubectl.ok("get", "wd", "one", "-o", "jsonpath={.metadata.uid}")),
        "create",
        "-f",
        "-");

    assertThat(kubectl.ok("describe", "wd", "one"))
        .contains("Colour:", "red")
        .containsPattern("Normal +Painted .* it is red now");
    assertThat(kubectl.ok("get", "events")).contains("Painted", "widget/one");
    assertThat(kubectl.ok("events", "--for", "widget/one")).contains("it is red now");
    assertThat(kubectl.ok("get", "events.events.k8s.io", "-o", "jsonpath={.items[0].note}"))
        .isEqualTo("it is red now");
  }

  @Test
  void explainDescends() {
    assertThat(kubectl.ok("explain", "wd")).contains("A thing to test with.", "spec");
    assertThat(kubectl.ok("explain", "widget.spec.owner.team"))
        .contains("FIELD: team <string>", "Who is called at night.");
    assertThat(kubectl.ok("explain", "wd.spec.parts")).contains("<[]Object>", "weight");
    assertThat(kubectl.ok("explain", "wd.metadata.labels")).contains("FIELD: labels");
  }

  @Test
  void discovery() {
    assertThat(kubectl.ok("api-resources", "--api-group=example.test"))
        .containsPattern("widgets +wd +example.test/v1 +true +Widget");
    assertThat(kubectl.ok("api-resources", "--categories=all", "-o", "name"))
        .contains("pods\n", "widgets.example.test\n");
    assertThat(kubectl.ok("auth", "can-i", "delete", "secrets")).isEqualTo("yes\n");
    assertThat(kubectl.ok("version")).contains("v1.32");
  }

  @Test
  void logsOfAPod() throws Exception {
    var log = Files.writeString(home.resolve("pod.log"), "1\n2\n3\n");
    cluster.servePodLogs(
        (namespace, pod, container) -> pod.equals("talker") ? Optional.of(log) : Optional.empty());
    kubectl.ok("run", "talker", "--image=none");
    kubectl.ok("run", "silent", "--image=none");

    assertThat(kubectl.ok("logs", "talker")).isEqualTo("1\n2\n3\n");
    assertThat(kubectl.ok("logs", "talker", "--tail=2")).isEqualTo("2\n3\n");
    assertThat(kubectl.ok("logs", "talker", "--tail=0")).isEmpty();
    assertThat(kubectl.refused("", "logs", "silent")).contains("it runs no process of it");
    assertThat(kubectl.refused("", "logs", "talker", "--previous"))
        .contains("local-cluster does not serve logs with previous");
    assertThat(kubectl.refused("", "exec", "talker", "--", "ls"))
        .contains("local-cluster does not serve exec");
  }

  @Test
  void whatIsNotServedSaysSo() {
    assertThat(kubectl.refused("", "get", "--raw", "/metrics"))
        .contains("local-cluster does not serve /metrics");
    assertThat(kubectl.refused("", "create", "token", "default"))
        .contains("local-cluster does not serve the subresource token");
    assertThat(kubectl.refused("", "create", "deployment", "d", "--image=i"))
        .contains("local-cluster does not read Deployment as protobuf");
  }
}
