package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Attachment;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.From;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.LabelRequirement;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.LabelSelector;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Namespaces;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Operator;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceAdmissionTest {
  @Test
  void byDefaultNobodyAttachesFromAnotherNamespace() {
    assertThat(compile(null).routes().getFirst().refused())
        .isEqualTo(
            new Problem(
                "NamespaceNotAllowed",
                "LlmGateway ns/gw admits no ModelRoute from namespace team: spec.routes.namespaces"
                    + ".from is Same (the default), so only namespace ns may attach; its owner can"
                    + " change that field"));
  }

  @Test
  void allMeansAll() {
    assertThat(attaches(new Namespaces(From.All, null))).isTrue();
  }

  /** As label selectors of Kubernetes do: a label that is absent is in no set of values. */
  @ParameterizedTest
  @CsvSource({
    "stage, In, test, true",
    "stage, In, prod, false",
    "absent, In, test, false",
    "stage, NotIn, prod, true",
    "stage, NotIn, test, false",
    "absent, NotIn, test, true",
    "stage, Exists, , true",
    "absent, Exists, , false",
    "absent, DoesNotExist, , true",
    "stage, DoesNotExist, , false",
  })
  void anExpressionMatchesAsInKubernetes(
      String key, Operator operator, @Nullable String value, boolean expected) {
    LabelRequirement requirement =
        new LabelRequirement(key, operator, value == null ? null : List.of(value));

    assertThat(attaches(selector(null, List.of(requirement)))).isEqualTo(expected);
  }

  @Test
  void labelsAndExpressionsMustAllMatch() {
    LabelRequirement never = new LabelRequirement("absent", Operator.Exists, null);

    assertThat(attaches(selector(Map.of("stage", "test"), null))).isTrue();
    assertThat(attaches(selector(Map.of("stage", "test", "x", "y"), null))).isFalse();
    assertThat(attaches(selector(Map.of("stage", "test"), List.of(never)))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"In, ", "NotIn, ", "Exists, x", "DoesNotExist, x"})
  void anExpressionWithoutSenseIsAProblemAndAdmitsNobody(
      Operator operator, @Nullable String value) {
    LabelRequirement requirement =
        new LabelRequirement("absent", operator, value == null ? List.of() : List.of(value));
    CompiledGateway compiled = compile(selector(null, List.of(requirement)));

    assertThat(compiled.problems()).extracting(Problem::reason).containsExactly("InvalidSelector");
    assertThat(compiled.routes().getFirst().refused()).isNotNull();
  }

  @Test
  void aSelectorThatIsMissingAdmitsNobody() {
    CompiledGateway compiled = compile(new Namespaces(From.Selector, null));

    assertThat(compiled.problems()).extracting(Problem::reason).containsExactly("InvalidSelector");
    assertThat(compiled.routes().getFirst().refused()).isNotNull();
  }

  @Test
  void aRouteOfAnotherGatewayIsPassedOver() {
    ModelRoute other =
        Given.route(
            "team",
            "r",
            new ModelRouteSpec(
                new GatewayRef("gw", null), List.of("m"), List.of(Given.echo("e")), null));

    assertThat(Given.compile(Given.gateway(), List.of(other), List.of()).routes()).isEmpty();
  }

  private static boolean attaches(Namespaces namespaces) {
    CompiledGateway compiled = compile(namespaces);
    boolean attached = compiled.routes().getFirst().refused() == null;
    assertThat(new Outcome(compiled).routes()).hasSize(attached ? 1 : 0);
    return attached;
  }

  private static CompiledGateway compile(@Nullable Namespaces namespaces) {
    LlmGateway gateway =
        namespaces == null
            ? Given.gateway()
            : Given.gateway(Given.spec("routes", new Attachment(namespaces)));
    ModelRoute route =
        Given.route(
            "team",
            "r",
            new ModelRouteSpec(
                new GatewayRef("gw", "ns"), List.of("m"), List.of(Given.echo("e")), null));
    return GatewayCompiler.compile(
        new GatewayInputs(
            gateway,
            List.of(route),
            List.of(),
            Map.of("team", Map.of("stage", "test")),
            Given.secrets(),
            Given.INSTALLATION,
            false));
  }

  private static Namespaces selector(
      @Nullable Map<String, String> labels, @Nullable List<LabelRequirement> expressions) {
    return new Namespaces(From.Selector, new LabelSelector(labels, expressions));
  }
}
