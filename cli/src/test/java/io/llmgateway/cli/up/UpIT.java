package io.llmgateway.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's first minutes: up, call, kubectl. */
class UpIT {
  /** What users are promised is a second; a machine under load gets more. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String SECOND =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: ModelRoute
      metadata: {name: parrot}
      spec:
        gatewayRef: {name: quickstart}
        models: [parrot]
        backends: [{name: echo, echo: {}}]
      ---
      apiVersion: llmgateway.io/v1alpha1
      kind: ApiKey
      metadata: {name: second}
      spec:
        gatewayRef: {name: quickstart}
        allowedModels: [parrot]
      """;

  @TempDir static Path temp;
  private static UpProcess up;
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException {
    int port = UpProcess.freePort();
    client = Traffic.client();
    up = UpProcess.start(temp.resolve("data"), port, port + 1_000).awaitReady();
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (up != null) {
      var gateways = up.gateways();
      try (var ending = up) {
        assertThat(ending.end()).isZero();
        assertThat(gateways).isNotEmpty().noneMatch(UpProcess.Gateway::runs);
      }
    }
    client.close();
  }

  @Test
  void whatIsPrintedCanBePasted() throws Exception {
    assertThat(up.output())
        .contains("curl " + up.url() + "/v1/chat/completions")
        .contains("-H 'Content-Type: application/json'")
        .contains("base_url=\"" + up.url() + "/v1\"")
        .contains("export KUBECONFIG=" + up.kubeconfig() + "; kubectl get llmgw");
    assertThat(status(up.key(), "echo")).isEqualTo(200);
    assertThat(Files.readString(temp.resolve("data").resolve("up.log")))
        .as("no key in a log")
        .doesNotContain(up.key().substring(up.key().lastIndexOf('-')));
  }

  @Test
  void anAppliedKeyWorksAtOnceAndADeletedOneNoMore() throws Exception {
    var file = Files.writeString(temp.resolve("second.yaml"), SECOND);
    kubectl("apply", "-f", file.toString());
    long applied = System.nanoTime();
    var key = new ArrayList<String>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              var value = tryKubectl("get", "secret", "second", "-o", "jsonpath={.data.api-key}");
              key.add(value);
              return !value.isEmpty();
            });
    var clear = new String(Base64.getDecoder().decode(key.getLast()), StandardCharsets.UTF_8);
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(SOON)
        .until(() -> status(clear, "parrot") == 200);
    print("a new key called a new model", applied);
    assertThat(status(clear, "echo")).as("a model that it may not call").isEqualTo(403);

    kubectl("delete", "llmkey", "second");
    long deleted = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(SOON)
        .until(() -> status(clear, "parrot") == 401);
    print("a deleted key got 401", deleted);
  }

  @Test
  void aSecondReplicaIsASecondProcessBehindTheSamePort() throws Exception {
    assumeThat(System.getProperty("os.name")).as("processes share a port").isEqualTo("Linux");
    kubectl("scale", "llmgw/quickstart", "--replicas=2");
    await().atMost(Duration.ofMinutes(2)).until(() -> up.gateways().size() == 2);
    kubectl(
        "wait", "--for=jsonpath={.status.readyReplicas}=2", "llmgw/quickstart", "--timeout=120s");
    assertThat(up.gateways()).allMatch(g -> g.command().contains("--port=" + up.port));
    assertThat(kubectl("get", "pods", "--no-headers").lines())
        .hasSize(2)
        .allMatch(l -> l.contains("1/1"));
    assertThat(kubectl("logs", "deploy/quickstart")).contains("listening on");

    kubectl("scale", "llmgw/quickstart", "--replicas=1");
    await().atMost(Duration.ofMinutes(2)).until(() -> up.gateways().size() == 1);
    assertThat(status(up.key(), "echo")).isEqualTo(200);
  }

  @Test
  void whatIsInUseIsSaidInOneLine() throws Exception {
    var gateways = up.gateways();
    // Not to be closed: it has the data directory, and so the gateways, of the first.
    var again = UpProcess.start(temp.resolve("data"), up.port, up.apiPort + 1);
    try {
      assertThat(again.awaitExit()).isEqualTo(1);
      assertThat(again.output().lines()).hasSize(1);
      assertThat(again.output()).contains("data directory").contains("in use");
      assertThat(up.gateways()).as("those of the first").isEqualTo(gateways);
    } finally {
      again.kill();
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws Exception {
    var other = temp.resolve("other");
    try (var again = UpProcess.start(other, up.port, up.apiPort + 1)) {
      assertThat(again.awaitExit()).isEqualTo(1);
      assertThat(again.output())
          .isEqualTo(
              "llmgw up: port "
                  + up.port
                  + " is taken by another program: stop it, or name another port with --port\n");
    }
    try (var again = UpProcess.start(other, up.port + 2_000, up.apiPort)) {
      assertThat(again.awaitExit()).isEqualTo(1);
      assertThat(again.output()).contains("port " + up.apiPort).contains("--api-port");
    }
  }

  private static void print(String what, long since) {
    System.out.printf(
        "%s %d ms after kubectl returned%n", what, (System.nanoTime() - since) / 1_000_000);
  }

  private static int status(String key, String model) throws IOException, InterruptedException {
    return client
        .send(Traffic.chat(up.url(), key, model, false), BodyHandlers.discarding())
        .statusCode();
  }

  private static String kubectl(String... arguments) throws IOException, InterruptedException {
    var result = run(arguments);
    assertThat(result.code()).as(result.output()).isZero();
    return result.output();
  }

  /** Empty when it fails. */
  private static String tryKubectl(String... arguments) throws IOException, InterruptedException {
    var result = run(arguments);
    return result.code() == 0 ? result.output() : "";
  }

  private record Result(int code, String output) {}

  private static Result run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", up.kubeconfig().toString()));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeThat(false).as("kubectl is not installed").isTrue();
      throw e;
    }
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
