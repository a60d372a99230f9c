package io.llmgateway.operator.compile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec;
import io.llmgateway.operator.compile.RouteVerdict.BackendVerdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What routes say and a gateway's role does not allow all the same. */
class RoleLimitsTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Trust TRUST =
      new Trust.OfPods("arn:aws:eks:us-west-2:123456789012:cluster/prod", "llm", "platform");
  private static final Installation INSTALLATION = Installation.complete("example.com/proxy:1");

  @Test
  void whatIamCannotReadIsLeftOut() {
    String good = policy("a.good-v1:0");

    assertThat(good).contains("::foundation-model/a.good-v1:0");
    assertThat(
            policy(
                "a.good-v1:0",
                "arn:aws:s3:::bucket",
                "arn:aws-cn:bedrock:us-west-2::foundation-model/b.elsewhere",
                "arn:aws:bedrock:short",
                "c.\u00fc"))
        .isEqualTo(good);
    assertThat(policy("arn:aws:s3:::bucket")).isNull();
  }

  private static @Nullable String policy(String... models) {
    return new ManagedRole(
            TRUST,
            Stream.of(models).map(model -> new BedrockUse("us-west-2", model, null, null)).toList())
        .permissions(Map.of());
  }

  /** Else whoever may attach a route would choose what the gateway is. */
  @Test
  void routesOfOtherNamespacesNameNoRolesToTakeOn() throws IOException {
    CompiledGateway managed = compile("managed: true");

    assertThat(requireNonNull(requireNonNull(managed.identity()).role()).permissions(Map.of()))
        .contains("role/of-llm")
        .doesNotContain("role/of-team");
    assertThat(problems(managed))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.reason()).isEqualTo(Reasons.ROLE_NOT_ALLOWED);
              assertThat(problem.message()).contains("namespace llm alone");
            });
    assertThat(problems(compile("roleArn: \"arn:aws:iam::123456789012:role/mine\""))).isEmpty();
  }

  private static List<Problem> problems(CompiledGateway compiled) {
    return compiled.routes().stream()
        .flatMap(route -> route.backends().stream())
        .map(BackendVerdict::problem)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private static CompiledGateway compile(String identity) throws IOException {
    LlmGateway gateway =
        YAML.readValue(
            """
            metadata: {name: platform, namespace: llm}
            spec: {routes: {namespaces: {from: All}}, aws: {podIdentity: {%s}}}
            """
                .formatted(identity),
            LlmGateway.class);
    return GatewayCompiler.compile(
        new GatewayInputs(
            gateway,
            List.of(takingOnARole("llm"), takingOnARole("team")),
            List.of(),
            Map.of(),
            Given.secrets(),
            INSTALLATION,
            true));
  }

  private static ModelRoute takingOnARole(String namespace) throws IOException {
    return Given.route(
        namespace,
        "of-" + namespace,
        YAML.readValue(
            """
            gatewayRef: {name: platform, namespace: llm}
            models: [of-%s]
            backends:
            - name: a
              bedrock: {region: us-west-2, assumeRoleArn: "arn:aws:iam::210987654321:role/of-%s"}
            """
                .formatted(namespace, namespace),
            ModelRouteSpec.class));
  }

  @Test
  void aPolicyOfSomebodyElseSaysNothingOfProfiles() {
    Set<InferenceProfile.Key> wanted = Set.of(new InferenceProfile.Key("us-west-2", "us.a.b"));
    assertThat(GrantedProfiles.of("no JSON", wanted)).isEmpty();
    assertThat(GrantedProfiles.of("[1]", wanted)).isEmpty();
    assertThat(GrantedProfiles.of("{\"Statement\": {\"Resource\": \"*\"}}", wanted)).isEmpty();
  }
}
