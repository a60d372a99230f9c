package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.llmgateway.api.v1alpha1.LlmGateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTest {
  private static final String HTTP_ROUTE =
      "{exposure: {httpRoute: {parentRefs: [{name: public}], hostnames: [llm.example.com]}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                               | http://gw.ns.svc:4000",
        "{tls: {secretName: cert}}                                        | https://gw.ns.svc:4000",
        "{exposure: {ingress: {host: a.b}}}                               | http://a.b",
        "{exposure: {ingress: {host: a.b, tlsSecretName: t}}}             | https://a.b",
        "{exposure: {ingress: {host: '*.b'}}}                             | http://gw.ns.svc:4000",
        "{exposure: {ingress: {className: alb}}}                          | http://gw.ns.svc:4000",
        "{exposure: {ingress: {host: a.b, annotations: {alb.ingress.kubernetes.io/certificate-arn: x}}}}"
            + " | https://a.b",
        "{exposure: {httpRoute: {parentRefs: [{name: p}], hostnames: ['*.b', a.b]}}} | https://a.b",
        "{exposure: {httpRoute: {parentRefs: [{name: p, port: 80}], hostnames: [a.b]}}} | http://a.b",
        "{exposure: {httpRoute: {parentRefs: [{name: p}]}}}               | http://gw.ns.svc:4000",
      })
  void theEndpointIsWhereClientsGetIn(String spec, String endpoint) {
    assertThat(Endpoint.of(new GatewayNames(Given.gateway(Given.spec(spec))))).isEqualTo(endpoint);
  }

  @Test
  void withoutGatewayApiThereIsNoRouteAndTheReasonIsNoProblemOfTheRest() {
    LlmGateway gateway = Given.gateway(Given.spec(HTTP_ROUTE));
    CompiledGateway compiled =
        GatewayCompiler.compile(
            new GatewayInputs(
                gateway,
                List.of(),
                List.of(),
                Map.of(),
                Given.secrets(),
                new Installation(Given.IMAGE, "llmgateway-system", AwsCluster.NONE, Set.of()),
                false));

    assertThat(compiled.problems()).isEmpty();
    assertThat(compiled.children()).noneMatch(GenericKubernetesResource.class::isInstance);
    assertThat(compiled.children()).anyMatch(Deployment.class::isInstance);
    assertThat(compiled.integrations())
        .singleElement()
        .satisfies(
            i -> {
              assertThat(i.kind()).isEqualTo(ForeignKind.HTTP_ROUTE);
              assertThat(i.problem()).isNotNull();
              assertThat(i.problem().reason()).isEqualTo("KindNotInstalled");
              assertThat(i.problem().message())
                  .startsWith("spec.exposure.httpRoute needs the kind HTTPRoute")
                  .contains("httproutes.gateway.networking.k8s.io", "install Gateway API");
            });
    assertThat(compile(HTTP_ROUTE).compiled().integrations())
        .containsExactly(new Integration(ForeignKind.HTTP_ROUTE, null));
  }

  @Test
  void anAutoscalerAloneSetsTheNumberOfPods() {
    Outcome outcome = compile("{autoscaling: {maxReplicas: 5, targetCpuPercent: 70}}");

    assertThat(outcome.child(Deployment.class).getSpec().getReplicas()).isNull();
    assertThat(outcome.child(HorizontalPodAutoscaler.class).getSpec().getMinReplicas())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{maxReplicas: 1, targetCpuPercent: 70}",
        "{minReplicas: 0, maxReplicas: 3, targetCpuPercent: 70}",
        "{maxReplicas: 1001, targetCpuPercent: 70}",
        "{maxReplicas: 3}",
        "{maxReplicas: 3, targetInFlight: 0}",
        "{maxReplicas: 3, targetCpuPercent: 70, targetInFlight: 9}",
      })
  void anAutoscalerThatMakesNoSenseLeavesTheFormerOne(String spec) {
    CompiledGateway compiled = compile("{autoscaling: " + spec + "}").compiled();

    assertThat(compiled.problems()).extracting(Problem::reason).containsExactly("InvalidReplicas");
    assertThat(compiled.withheld()).contains(new ChildRef("HorizontalPodAutoscaler", "gw"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{labels: {app.kubernetes.io/instance: x}}",
        "{labels: {llmgateway.io/anything: x}}",
        "{annotations: {llmgateway.io/config-revision: x}}",
        "{env: [{name: A, value: x}, {name: A, value: y}]}",
      })
  void whatWouldReplaceTheOperatorsOwnIsRefusedAndThePodsStay(String template) {
    CompiledGateway compiled = compile("{podTemplate: " + template + "}").compiled();

    assertThat(compiled.problems())
        .extracting(Problem::reason)
        .containsExactly("InvalidPodTemplate");
    assertThat(compiled.withheld()).contains(new ChildRef("Deployment", "gw"));
  }

  @Test
  void aNetworkPolicyOpensThePortsOfTheBackends() {
    Outcome outcome =
        new Outcome(
            Given.compile(
                Given.gateway(Given.spec("{networkPolicy: {enabled: true}}")),
                List.of(
                    Given.route(
                        "r",
                        List.of("m"),
                        Given.vllm("a", "http://vllm.models:8000/v1"),
                        Given.vllm("b", "http://plain.models/v1"))),
                List.of()));

    assertThat(outcome.child(NetworkPolicy.class).getSpec().getEgress().get(1).getPorts())
        .extracting(p -> p.getPort().getIntVal())
        .containsExactly(80, 443, 8000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                         | true",
        "{exposure: {service: {type: ClusterIP}}}   | true",
        "{exposure: {service: {type: NodePort}}}    | false",
        "{exposure: {ingress: {host: a.b}}}         | false",
        "{exposure: {httpRoute: {parentRefs: [{name: p}]}}} | false",
      })
  void onlyAGatewayThatIsNotExposedIsForPodsAlone(String spec, boolean podsAlone) {
    String policy = ", networkPolicy: {enabled: true}}";
    Outcome outcome =
        compile(
            (spec.equals("{}") ? "{drainTimeout: 1s" : spec.substring(0, spec.length() - 1))
                + policy);

    assertThat(
            outcome
                .child(NetworkPolicy.class)
                .getSpec()
                .getIngress()
                .getFirst()
                .getFrom()
                .isEmpty())
        .isEqualTo(!podsAlone);
  }

  private static Outcome compile(String spec) {
    return new Outcome(Given.compile(Given.gateway(Given.spec(spec)), List.of(), List.of()));
  }
}
