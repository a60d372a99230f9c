package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlDeleteIT {
  @TempDir Path home;
  private LocalCluster cluster;
  private Kubectl kubectl;

  @BeforeEach
  void start() throws Exception {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    kubectl = Kubectl.against(cluster, home);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void create(String name) {
    kubectl.given(Api.widget(name, "{}"), "create", "-f", "-");
  }

  private void createOwned(String owner) {
    var uid = kubectl.ok("get", "wd", owner, "-o", "jsonpath={.metadata.uid}");
    kubectl.given(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: owned-by-%s
          ownerReferences: [{apiVersion: example.test/v1, kind: Widget, name: %s, uid: %s}]
        """
            .formatted(owner, owner, uid),
        "create",
        "-f",
        "-");
  }

  private void finalizers(String what, String list, String... flags) {
    var patch = "{\"metadata\":{\"finalizers\":" + list + "}}";
    var args = new ArrayList<>(List.of("patch", what, "--type=merge", "-p", patch));
    args.addAll(List.of(flags));
    kubectl.ok(args.toArray(String[]::new));
  }

  private boolean exists(String what) {
    return kubectl.run("", "get", what).exitCode() == 0;
  }

  private void awaitGone(String what) {
    kubectl.ok("wait", "--for=delete", what, "--timeout=60s");
    assertThat(exists(what)).isFalse();
  }

  @Test
  void finalizersHoldADeletedObject() {
    create("held");
    finalizers("wd/held", "[\"example.test/hold\"]");
    kubectl.ok("delete", "wd/held", "--wait=false");

    assertThat(kubectl.ok("get", "wd/held", "-o", "jsonpath={.metadata.deletionTimestamp}"))
        .isNotEmpty();
    assertThat(kubectl.run("", "wait", "--for=delete", "wd/held", "--timeout=1s").exitCode())
        .isNotZero();
    assertThat(
            kubectl.refused(
                "",
                "patch",
                "wd/held",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":[\"example.test/hold\",\"example.test/more\"]}}"))
        .contains("no new finalizers can be added if the object is being deleted");
    finalizers("wd/held", "[]");
    awaitGone("wd/held");
  }

  @Test
  void backgroundDeletionTakesTheDependents() {
    create("bg");
    createOwned("bg");
    kubectl.ok("delete", "wd/bg", "--cascade=background");
    awaitGone("cm/owned-by-bg");
  }

  @Test
  void foregroundDeletionWaitsForTheDependents() {
    create("fg");
    createOwned("fg");
    finalizers("cm/owned-by-fg", "[\"example.test/hold\"]");
    kubectl.ok("delete", "wd/fg", "--cascade=foreground", "--wait=false");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                !kubectl
                    .ok("get", "cm/owned-by-fg", "-o", "jsonpath={.metadata.deletionTimestamp}")
                    .isEmpty());
    assertThat(kubectl.ok("get", "wd/fg", "-o", "jsonpath={.metadata.finalizers}"))
        .isEqualTo("[\"foregroundDeletion\"]");

    finalizers("cm/owned-by-fg", "null");
    awaitGone("wd/fg");
  }

  @Test
  void orphaningDeletionLeavesTheDependents() {
    create("op");
    createOwned("op");
    kubectl.ok("delete", "wd/op", "--cascade=orphan");

    assertThat(kubectl.ok("get", "cm/owned-by-op", "-o", "jsonpath={.metadata.ownerReferences}"))
        .isEmpty();
  }

  @Test
  void anObjectOfAnOwnerThatIsGoneIsDeleted() {
    create("late");
    var uid = kubectl.ok("get", "wd", "late", "-o", "jsonpath={.metadata.uid}");
    kubectl.ok("delete", "wd/late");
    kubectl.given(
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"late","ownerReferences":
        [{"apiVersion":"example.test/v1","kind":"Widget","name":"late","uid":"%s"}]}}"""
            .formatted(uid),
        "create",
        "-f",
        "-");
    awaitGone("cm/late");
  }

  @Test
  void aNamespaceGoesWithWhatItHolds() {
    kubectl.ok("create", "ns", "doomed");
    kubectl.ok("create", "configmap", "c", "-n", "doomed");
    finalizers("cm/c", "[\"example.test/hold\"]", "-n", "doomed");
    kubectl.ok("delete", "ns", "doomed", "--wait=false");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                kubectl
                    .ok("get", "ns", "doomed", "-o", "jsonpath={.status.phase}")
                    .equals("Terminating"));
    assertThat(kubectl.refused("", "create", "configmap", "d", "-n", "doomed"))
        .contains("unable to create new content in namespace doomed");
    finalizers("cm/c", "null", "-n", "doomed");
    awaitGone("ns/doomed");
    assertThat(kubectl.refused("", "delete", "ns", "default")).contains("may not be deleted");
  }

  @Test
  void aKindGoesWithItsObjects() {
    create("last");
    kubectl.ok("delete", "crd", "widgets.example.test");
    assertThat(kubectl.refused("", "get", "widgets"))
        .contains("local-cluster does not serve widgets of example.test/v1");
    kubectl.ok("apply", "-f", Kubectl.resource("widgets.yaml").toString());
    await().atMost(Duration.ofSeconds(60)).until(() -> kubectl.ok("get", "wd").isEmpty());
  }

  @Test
  void waitsForAConditionThatAControllerSets() throws Exception {
    create("slow");
    var out = home.resolve("waited");
    var process =
        kubectl.start(out, home.resolve("err"), "wait", "--for=condition=Ready", "wd/slow");
    try {
      kubectl.ok(
          "patch",
          "wd/slow",
          "--subresource=status",
          "--type=merge",
          "-p",
          "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
      assertThat(process.waitFor()).isZero();
      assertThat(Files.readString(out)).contains("condition met");
      assertThat(kubectl.ok("get", "wd/slow")).containsPattern("slow +True +1");
    } finally {
      process.destroy();
    }
  }

  @Test
  void deletesBySelector() {
    create("a");
    create("b");
    kubectl.ok("label", "wd/a", "x=y");
    kubectl.ok("delete", "wd", "-l", "x=y");
    assertThat(kubectl.ok("get", "wd", "-o", "name")).isEqualTo("widget.example.test/b\n");
    kubectl.ok("delete", "wd", "--all");
    assertThat(kubectl.ok("get", "wd", "-o", "name")).isEmpty();
  }
}
