package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the specs say, the compiler answers with problems, never with an exception. */
class AnyInputCompilesTest {
  private static final int CASES = 1000;
  private static final String CREDENTIAL = "credential-that-nobody-may-see";

  private final GatewayInputs.Secrets secrets =
      Given.secrets(
          secret("values", CREDENTIAL),
          secret("ca", Given.certificate("one")),
          secret("long", "x".repeat(100_000)));

  @Test
  void everySpecCompilesAndTheOrderOfResourcesMeansNothing() {
    TreeSet<String> reasons = new TreeSet<>();
    int attached = 0;
    for (int seed = 0; seed < CASES; seed++) {
      RandomSpecs specs = new RandomSpecs(seed);
      LlmGateway gateway = Given.gateway(specs.record(LlmGatewaySpec.class));
      List<ModelRoute> routes = new ArrayList<>();
      List<ApiKey> keys = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String namespace = i == 0 ? "elsewhere" : "ns";
        routes.add(Given.route(namespace, "r" + i, specs.record(ModelRouteSpec.class)));
        keys.add(Given.key(namespace, "k" + i, specs.record(ApiKeySpec.class)));
      }

      CompiledGateway compiled = compile(gateway, routes, keys);
      CompiledGateway shuffled = compile(gateway, specs.shuffled(routes), specs.shuffled(keys));

      assertThat(shuffled).as("seed %d", seed).isEqualTo(compiled);
      assertThat(problems(compiled))
          .as("seed %d", seed)
          .allSatisfy(problem -> assertThat(problem.message()).doesNotContain(CREDENTIAL));
      problems(compiled).forEach(problem -> reasons.add(problem.reason()));
      attached += new Outcome(compiled).routes().size();
    }
    // Otherwise the specs are too random to reach what is behind the first check.
    assertThat(reasons).hasSizeGreaterThan(15);
    assertThat(attached).isGreaterThan(CASES / 20);
  }

  private CompiledGateway compile(LlmGateway gateway, List<ModelRoute> routes, List<ApiKey> keys) {
    Map<String, Map<String, String>> labels = Map.of("elsewhere", Map.of("a", "b"));
    return GatewayCompiler.compile(
        new GatewayInputs(gateway, routes, keys, labels, secrets, Given.INSTALLATION, true));
  }

  private static List<Problem> problems(CompiledGateway compiled) {
    List<Problem> problems = new ArrayList<>(compiled.problems());
    for (RouteVerdict verdict : compiled.routes()) {
      problems.addAll(verdict.lostModels());
      addPresent(problems, verdict.refused());
      verdict.backends().forEach(backend -> addPresent(problems, backend.problem()));
    }
    for (KeyVerdict verdict : compiled.keys()) {
      addPresent(problems, verdict.refused());
      addPresent(problems, verdict.notIssued());
    }
    return problems;
  }

  private static void addPresent(List<Problem> problems, @Nullable Problem problem) {
    if (problem != null) {
      problems.add(problem);
    }
  }

  private static Secret secret(String name, String text) {
    return Given.secret("ns", name, Map.of("a", text, "b", text + "\n"));
  }
}
