package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlWriteIT {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - name: main
                image: first
                env: [{name: A, value: "1"}, {name: B, value: "2"}]
      """;

  @TempDir static Path home;
  private static LocalCluster cluster;
  private static Kubectl kubectl;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    kubectl = Kubectl.against(cluster, home);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static void create(String name, String spec) {
    kubectl.given(Api.widget(name, spec), "create", "-f", "-");
  }

  private static String at(String name, String path) {
    return kubectl.ok("get", "wd", name, "-o", "jsonpath={" + path + "}");
  }

  @Test
  void clientSideApplyIsAThreeWayMerge() {
    kubectl.given(DEPLOYMENT, "apply", "-f", "-");
    kubectl.ok("set", "image", "deploy/web", "main=second");
    kubectl.ok("set", "env", "deploy/web", "C=3");
    kubectl.given(
        DEPLOYMENT.replace(", {name: B, value: \"2\"}", "").replace("first", "third"),
        "apply",
        "-f",
        "-");

    assertThat(
            kubectl.ok(
                "get",
                "deploy",
                "web",
                "-o",
                "jsonpath={.spec.template.spec.containers[0].image}"
                    + "{range .spec.template.spec.containers[0].env[*]} {.name}={.value}{end}"))
        .as("B was applied and is left out; C is someone else's")
        .isEqualTo("third A=1 C=3");
    var widget = Api.widget("applied", "{\"replicas\":2}");
    assertThat(kubectl.given(widget, "apply", "-f", "-")).contains("created");
    assertThat(kubectl.given(widget, "apply", "-f", "-")).contains("unchanged");
  }

  @Test
  void serverSideApplyShowsConflicts() {
    var mine = Api.widget("ssa", "{\"replicas\":2,\"parts\":[{\"name\":\"a\",\"weight\":2}]}");
    var other = Api.widget("ssa", "{\"replicas\":3,\"parts\":[{\"name\":\"b\",\"weight\":4}]}");
    kubectl.given(mine, "apply", "--server-side", "-f", "-");

    assertThat(kubectl.refused(other, "apply", "--server-side", "--field-manager=other", "-f", "-"))
        .contains(
            "Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas",
            "re-run the apply\n  command with the `--force-conflicts` flag");

    kubectl.given(
        other, "apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", "-");
    assertThat(at("ssa", ".spec.replicas")).isEqualTo("3");
    assertThat(at("ssa", ".spec.parts[*].name")).isEqualTo("a b");

    kubectl.given(Api.widget("ssa", "{}"), "apply", "--server-side", "-f", "-");
    assertThat(at("ssa", ".spec.parts[*].name")).as("a has no owner any more").isEqualTo("b");
  }

  @Test
  void createsWhatKubectlSendsAsProtobuf() {
    kubectl.ok("create", "secret", "generic", "s", "--from-literal=password=t0p", "--type=x/y");
    assertThat(
            kubectl.ok("get", "secret", "s", "-o", "go-template={{.data.password | base64decode}}"))
        .isEqualTo("t0p");
    assertThat(kubectl.ok("get", "secret", "s", "-o", "jsonpath={.type}")).isEqualTo("x/y");
    kubectl.ok("create", "configmap", "c", "--from-literal=k=v");
    assertThat(kubectl.ok("get", "cm", "c", "-o", "jsonpath={.data.k}")).isEqualTo("v");
    kubectl.ok("create", "namespace", "made");
    kubectl.ok("create", "serviceaccount", "robot", "-n", "made");
    assertThat(kubectl.ok("get", "ns", "made", "-o", "jsonpath={.status.phase}"))
        .isEqualTo("Active");
    assertThat(kubectl.refused("", "create", "configmap", "c", "-n", "nowhere"))
        .contains("namespaces \"nowhere\" not found");
    assertThat(kubectl.refused("", "create", "configmap", "c")).contains("already exists");
  }

  @Test
  void diffShowsWhatWouldChange() {
    kubectl.given(Api.widget("diffed", "{\"replicas\":1}"), "apply", "-f", "-");
    var diff = kubectl.run(Api.widget("diffed", "{\"replicas\":4}"), "diff", "-f", "-");

    assertThat(diff.exitCode()).isEqualTo(1);
    assertThat(diff.out()).contains("-  replicas: 1\n", "+  replicas: 4\n", "+  generation: 2\n");
    assertThat(at("diffed", ".spec.replicas")).isEqualTo("1");
  }

  @Test
  void patches() {
    create("patched", "{\"replicas\":1,\"colour\":\"red\"}");
    kubectl.ok("patch", "wd", "patched", "--type=merge", "-p", "{\"spec\":{\"colour\":null}}");
    assertThat(at("patched", ".spec.colour")).isEmpty();
    kubectl.ok(
        "patch",
        "wd",
        "patched",
        "--type=json",
        "-p",
        "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":7}]");
    assertThat(at("patched", ".spec.replicas")).isEqualTo("7");
    assertThat(kubectl.refused("", "patch", "wd", "patched", "-p", "{\"spec\":{}}"))
        .contains("application/strategic-merge-patch+json is not supported");
    assertThat(
            kubectl.refused(
                "",
                "patch",
                "wd",
                "patched",
                "--type=json",
                "-p",
                "[{\"op\":\"remove\",\"path\":\"/spec/nothing\"}]"))
        .contains("the JSON patch cannot be applied");
    kubectl.ok("create", "configmap", "patched", "--from-literal=a=1");
    kubectl.ok("patch", "cm", "patched", "-p", "{\"data\":{\"b\":\"2\"}}");
    assertThat(kubectl.ok("get", "cm", "patched", "-o", "jsonpath={.data}"))
        .isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
  }

  @Test
  void labelsAndAnnotationsLeaveTheGeneration() {
    create("labelled", "{}");
    kubectl.ok("label", "wd", "labelled", "tier=gold");
    kubectl.ok("annotate", "wd", "labelled", "note=hello");

    assertThat(kubectl.ok("get", "wd", "-l", "tier=gold", "-o", "name")).contains("labelled");
    assertThat(at("labelled", ".metadata.generation")).isEqualTo("1");
    kubectl.ok("label", "wd", "labelled", "tier-");
    assertThat(kubectl.ok("get", "wd", "-l", "tier=gold", "-o", "name")).isEmpty();
  }

  @Test
  void scaleGoesThroughTheSubresource() {
    create("scaled", "{\"replicas\":1}");
    kubectl.ok("scale", "wd/scaled", "--replicas=5");
    assertThat(at("scaled", ".spec.replicas")).isEqualTo("5");
    assertThat(at("scaled", ".metadata.generation")).isEqualTo("2");
    assertThat(kubectl.refused("", "scale", "wd/scaled", "--replicas=500"))
        .contains("should be less than or equal to 100");
    assertThat(kubectl.refused("", "scale", "wd/scaled", "--current-replicas=1", "--replicas=2"))
        .contains("Expected replicas to be 1, was 5");
  }

  @Test
  void editAndReplace() throws Exception {
    create("edited", "{\"replicas\":1}");
    var editor = Files.writeString(home.resolve("ed"), "sed -i 's/replicas: 1/replicas: 9/' $1\n");
    kubectl.ok("get", "wd", "edited");
    var process = new ProcessBuilder("kubectl", "edit", "wd", "edited").redirectErrorStream(true);
    process.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
    process.environment().put("HOME", home.toString());
    process.environment().put("KUBE_EDITOR", "sh " + editor);
    var said = new String(process.start().getInputStream().readAllBytes());
    assertThat(said).contains("edited");
    assertThat(at("edited", ".spec.replicas")).isEqualTo("9");

    var stale = kubectl.ok("get", "wd", "edited", "-o", "json");
    kubectl.ok("label", "wd", "edited", "x=y");
    assertThat(kubectl.refused(stale, "replace", "-f", "-"))
        .contains("the object has been modified; please apply your changes to the latest version");
    var fresh = kubectl.ok("get", "wd", "edited", "-o", "json");
    kubectl.given(fresh.replace("\"replicas\": 9", "\"replicas\": 3"), "replace", "-f", "-");
    assertThat(at("edited", ".spec.replicas")).isEqualTo("3");
  }

  @Test
  void dryRunStoresNothing() {
    kubectl.given(Api.widget("dry", "{}"), "apply", "--dry-run=server", "-f", "-");
    assertThat(kubectl.refused("", "get", "wd", "dry")).contains("NotFound");
    assertThat(
            kubectl.refused(
                Api.widget("dry", "{\"replicas\":-1}"), "apply", "--dry-run=server", "-f", "-"))
        .contains("should be greater than or equal to 0");
  }

  @Test
  void generatesNames() {
    var generated = Api.widget("", "{}").replace("\"name\":\"\"", "\"generateName\":\"gen-\"");
    assertThat(kubectl.given(generated, "create", "-f", "-"))
        .matches("(?s)widget.example.test/gen-[a-z0-9]{5} created\\s*");
  }

  @Test
  void unknownFieldsAreRefusedOrWarnedOf() {
    var unknown = Api.widget("typo", "{\"replcas\":2}");
    assertThat(kubectl.refused(unknown, "create", "-f", "-"))
        .contains(
            "Widget in version \"v1\" cannot be handled as a Widget: strict decoding error:"
                + " unknown field \"spec.replcas\"");
    assertThat(kubectl.given(unknown, "create", "--validate=warn", "-f", "-"))
        .contains("Warning: unknown field \"spec.replcas\"");
    assertThat(at("typo", ".spec")).isEqualTo("{\"replicas\":1}");
  }

  @Test
  void whatIsPrintedCanBeApplied() {
    create("printed", "{}");
    var list = kubectl.ok("get", "wd", "-o", "yaml");
    assertThat(list).contains("kind: List");
    assertThat(kubectl.given(list, "apply", "-f", "-")).contains("widget.example.test/printed");
  }

  @Test
  void pruneDeletesWhatTheFileNoLongerHas() {
    var labelled = "{\"metadata\":{\"labels\":{\"set\":\"p\"}}}";
    for (var name : List.of("kept", "pruned")) {
      kubectl.given(Api.widget(name, "{}"), "apply", "-f", "-");
      kubectl.ok("patch", "wd", name, "--type=merge", "-p", labelled);
    }
    var file = Api.widget("kept", "{}").replace("\"name\"", "\"labels\":{\"set\":\"p\"},\"name\"");
    assertThat(
            kubectl.given(
                file,
                "apply",
                "--prune",
                "-l",
                "set=p",
                "--prune-allowlist=example.test/v1/Widget",
                "-f",
                "-"))
        .contains("widget.example.test/pruned pruned");
    kubectl.ok("get", "wd", "kept");
  }
}
