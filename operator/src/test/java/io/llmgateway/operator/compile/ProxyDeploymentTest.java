package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Image;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Resources;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyDeploymentTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "r.io/proxy:1.0, , , r.io/proxy:1.0",
    "r.io/proxy:1.0, , 2.0, r.io/proxy:2.0",
    "r.io:5000/proxy, , 2.0, r.io:5000/proxy:2.0",
    "r.io:5000/proxy:1.0, mirror/proxy, , mirror/proxy:1.0",
    "r.io/proxy:1.0, mirror:5000/a/b_c, 2.0, mirror:5000/a/b_c:2.0",
    "r.io/proxy:1.0@sha256:ab, mirror/proxy, , mirror/proxy:1.0@sha256:ab",
    "r.io/proxy@sha256:ab, mirror/proxy, 2.0, mirror/proxy:2.0",
    "proxy, , , proxy",
  })
  void whatAnImageLeavesOutComesFromTheRelease(
      String release, @Nullable String repository, @Nullable String tag, String expected)
      throws Refusal {
    Image image = new Image(repository, tag, null, null, null);

    assertThat(ProxyImage.reference(image, release)).isEqualTo(expected);
  }

  @Test
  void aDigestTakesThePlaceOfTheReleasesTag() throws Refusal {
    Image image = new Image(null, null, DIGEST, null, null);

    assertThat(ProxyImage.reference(image, "r.io/proxy:1.0")).isEqualTo("r.io/proxy@" + DIGEST);
  }

  @Test
  void defaultsOfResourcesYieldToWhatIsGiven() {
    assertThat(resources(null)).isEqualTo(requirements("250m", "256Mi", null, "512Mi"));
    assertThat(resources(new Resources(Map.of("memory", "2Gi"), null)))
        .isEqualTo(requirements("250m", "2Gi", null, "2Gi"));
    assertThat(resources(new Resources(null, Map.of("memory", "128Mi", "cpu", "100m"))))
        .isEqualTo(requirements("100m", "128Mi", "100m", "128Mi"));
  }

  @Test
  void noRoutesKeysOrCredentialsAreInThePodTemplateSoThatTheirChangeRestartsNothing() {
    CompiledGateway empty = Given.compile(Given.gateway(), List.of(), List.of());
    CompiledGateway full =
        Given.compile(
            Given.gateway(),
            List.of(Given.route("r", List.of("m"), Given.echo("e"))),
            List.of(Given.key("k", Given.hashOf("k"))));

    assertThat(full.manifest()).isNotEqualTo(empty.manifest());
    assertThat(full.children()).isEqualTo(empty.children());
  }

  @Test
  void everyConfigSecretIsMountedWhetherItIsWrittenOrNot() {
    List<ApiKey> keys =
        IntStream.range(0, 500).mapToObj(n -> Given.key("k" + n, Given.hashOf("k" + n))).toList();
    CompiledGateway compiled = Given.compile(Given.gateway(), List.of(), keys);

    assertThat(mounted(compiled))
        .containsAll(
            compiled.configSecrets().stream().map(s -> s.getMetadata().getName()).toList());
    assertThat(mounted(Given.compile(Given.gateway(), List.of(), List.of())))
        .isEqualTo(mounted(compiled));
  }

  @Test
  void aPodIsKilledOnlyAfterItHadItsTimeToDrain() {
    LlmGateway gateway = Given.gateway(Given.spec("drainTimeout", "5m"));

    // 5 s for endpoints to go, 300 s to drain, 10 s to exit.
    assertThat(pod(Given.compile(gateway, List.of(), List.of())).getTerminationGracePeriodSeconds())
        .isEqualTo(315);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                         | 5   | 45",
        "{exposure: {service: {type: ClusterIP}}}                   | 5   | 45",
        "{exposure: {service: {type: NodePort}}}                    | 30  | 70",
        "{exposure: {service: {type: LoadBalancer}}}                | 30  | 70",
        "{exposure: {ingress: {host: a.b}}}                         | 30  | 70",
        "{exposure: {httpRoute: {parentRefs: [{name: p}]}}}         | 30  | 70",
        "{drainDelay: 2m, exposure: {ingress: {host: a.b}}}         | 120 | 160",
        "{drainDelay: 1500ms}                                       | 2   | 42",
        "{drainDelay: 5m, drainTimeout: 1h}                         | 300 | 3910",
      })
  void aPodThatEndsGoesOnUntilTheLoadBalancerKnows(String spec, long delay, long grace) {
    PodSpec pod = pod(Given.compile(Given.gateway(Given.spec(spec)), List.of(), List.of()));

    assertThat(pod.getContainers().getFirst().getLifecycle().getPreStop().getSleep().getSeconds())
        .isEqualTo(delay);
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(grace);
  }

  @Test
  void noDelayIsNoSleepWhichOlderKubernetesRefuses() {
    LlmGateway gateway = Given.gateway(Given.spec("{drainDelay: 0s, drainTimeout: 0s}"));
    PodSpec pod = pod(Given.compile(gateway, List.of(), List.of()));

    assertThat(pod.getContainers().getFirst().getLifecycle()).isNull();
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(10);
  }

  @Test
  void aDelayOutOfItsBoundsIsAProblemAndTheDefaultInForce() {
    LlmGateway gateway =
        Given.gateway(Given.spec("{drainDelay: 6m, exposure: {ingress: {host: a.b}}}"));
    CompiledGateway compiled = Given.compile(gateway, List.of(), List.of());

    assertThat(compiled.problems())
        .extracting(Problem::message)
        .containsExactly(
            "spec.drainDelay must be a duration such as 90s, 15m or 1h30m from 0s to 5m; the"
                + " default, 30s, is in force");
    assertThat(pod(compiled).getTerminationGracePeriodSeconds()).isEqualTo(70);
  }

  @Test
  void withoutItsCertificateAGatewayIsNotRolledOutButStaysReachable() {
    LlmGateway gateway = withTls();
    CompiledGateway compiled = Given.compile(gateway, List.of(), List.of());

    assertThat(compiled.problems())
        .extracting(Problem::reason)
        .containsExactly("TlsSecretNotFound");
    assertThat(compiled.children()).noneMatch(Deployment.class::isInstance);
    assertThat(compiled.children()).anyMatch(Service.class::isInstance);
  }

  @Test
  void withItsCertificateAGatewayServesHttps() {
    Secret certificate =
        Given.secret(
            "ns", "cert", Map.of("tls.crt", Given.certificate("one"), "tls.key", "the key"));
    CompiledGateway compiled = Given.compile(withTls(), List.of(), List.of(), certificate);

    assertThat(compiled.problems()).isEmpty();
    assertThat(pod(compiled).getContainers().getFirst().getArgs()).contains("--tls");
    assertThat(mounted(compiled)).contains("cert");
    assertThat(new GatewayNames(withTls()).endpoint()).isEqualTo("https://gw.ns.svc:4000");
  }

  @Test
  void aNameThatNoServiceCanHaveIsAProblem() {
    for (String name : List.of("1st", "a.b", "a".repeat(64))) {
      LlmGateway gateway = Given.named(Given.gateway(), "ns", name, "uid");
      CompiledGateway compiled = Given.compile(gateway, List.of(), List.of());

      assertThat(compiled.children()).isEmpty();
      assertThat(compiled.problems()).extracting(Problem::reason).containsExactly("InvalidName");
    }
  }

  private static LlmGateway withTls() {
    return Given.gateway(Given.spec("{tls: {secretName: cert}}"));
  }

  private static ResourceRequirements resources(@Nullable Resources resources) {
    LlmGateway gateway =
        resources == null ? Given.gateway() : Given.gateway(Given.spec("resources", resources));
    return pod(Given.compile(gateway, List.of(), List.of()))
        .getContainers()
        .getFirst()
        .getResources();
  }

  private static ResourceRequirements requirements(
      String cpu, String memory, @Nullable String cpuLimit, String memoryLimit) {
    ResourceRequirements requirements = new ResourceRequirements();
    requirements.setRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)));
    requirements.setLimits(
        cpuLimit == null
            ? Map.of("memory", new Quantity(memoryLimit))
            : Map.of("cpu", new Quantity(cpuLimit), "memory", new Quantity(memoryLimit)));
    return requirements;
  }

  private static PodSpec pod(CompiledGateway compiled) {
    return new Outcome(compiled).child(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static List<String> mounted(CompiledGateway compiled) {
    return pod(compiled).getVolumes().getFirst().getProjected().getSources().stream()
        .map(source -> source.getSecret().getName())
        .toList();
  }
}
