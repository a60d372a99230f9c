package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialHostsTest {
  private static final String GOOGLE = "{\"type\": \"service_account\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "credential: text, openAI: {}",
        "credential: text, openAI: {baseUrl: 'https://API.openai.com/v1'}",
        "credential: text, openAI: {baseUrl: 'https://eu.api.openai.com:443/v1'}",
        "credential: text, anthropic: {}",
        "credential: text, gemini: {}",
        "credential: google, vertexAI: {project: p, location: europe-west4}",
        "credential: google, vertexAI: {project: p, location: global}",
        "credential: google, vertexAI: {project: p, location: eu}",
        "vertexAI: {project: p, location: us}",
        "credential: text, azureOpenAI: {endpoint: 'https://r.openai.azure.com'}",
        "credential: text, azureOpenAI: {endpoint: 'https://r.services.ai.azure.com'}",
        "credential: text, bedrock: {region: us-east-1}",
        "bedrock: {region: us-east-1}",
        "bedrock: {region: us-east-1,"
            + " endpoint: 'https://bedrock-runtime-fips.us-east-1.amazonaws.com'}",
        "bedrock: {region: us-east-1, endpoint:"
            + " 'https://vpce-0a1-b2.bedrock-runtime.us-east-1.vpce.amazonaws.com'}",
        "credential: text, echo: {}",
        "secretKeyRef: {name: own, key: text}, openAI: {baseUrl: 'http://mine/v1'}",
        "secretKeyRef: {name: own, key: text},"
            + " bedrock: {region: us-east-1, endpoint: 'https://mine'}",
        "vllm: {baseUrl: 'http://mine/v1'}",
      })
  void aRouteOfAnotherNamespaceReachesProvidersAndWhatItHasAKeyOfItsOwnFor(String backend) {
    assertThat(problem("team", "", backend)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "credential: text, openAI: {baseUrl: 'https://mine/v1'}",
        "credential: text, openAI: {baseUrl: 'http://api.openai.com/v1'}",
        "credential: text, openAI: {baseUrl: 'https://api.openai.com:8443/v1'}",
        "credential: text, openAI: {baseUrl: 'https://api.openai.com.mine.example/v1'}",
        "credential: text, openAI: {baseUrl: 'https://myapi.openai.com/v1'}",
        "credential: text, openAICompatible: {baseUrl: 'https://mine/v1'}",
        "credential: text, vllm: {baseUrl: 'https://mine/v1'}",
        "credential: text, ollama: {baseUrl: 'https://mine/v1'}",
        "credential: text, anthropic: {baseUrl: 'https://mine'}",
        "credential: text, gemini: {baseUrl: 'https://mine/v1'}",
        "credential: text, gemini: {baseUrl: 'https://storage.googleapis.com/v1'}",
        "credential: google, vertexAI: {project: p, location: l, baseUrl: 'https://mine/v1'}",
        "credential: google, vertexAI: {project: p, location: 'mine/'}",
        "credential: text, azureOpenAI: {endpoint: 'https://mine.azure-api.net'}",
        "credential: text, azureOpenAI: {endpoint: 'https://vm.westeurope.cloudapp.azure.com'}",
        "credential: text, azureOpenAI: {endpoint: 'https://mine', entra: {tenantId: t,"
            + " clientId: 66666666-7777-8888-9999-000000000000}}",
        "credential: text, bedrock: {region: us-east-1, endpoint: 'https://mine'}",
        "credential: text, bedrock: {region: us-east-1,"
            + " endpoint: 'https://mine.execute-api.us-east-1.amazonaws.com'}",
        "credential: text, bedrock: {region: us-east-1, endpoint:"
            + " 'https://vpce-0a1.vpce-svc-0b2.us-east-1.vpce.amazonaws.com'}",
        "vertexAI: {project: p, location: l, baseUrl: 'https://mine/v1'}",
        "vertexAI: {project: p, location: l, baseUrl: 'http://aiplatform.googleapis.com/v1'}",
        "bedrock: {region: us-east-1, endpoint: 'https://mine'}",
        "bedrock: {region: us-east-1, endpoint: 'http://bedrock-runtime.us-east-1.amazonaws.com'}",
      })
  void elsewhereItTakesNothingOfTheGatewaysThatItsOwnRoutesMayTake(String backend) {
    assertThat(problem("team", "", backend))
        .isNotNull()
        .extracting(Problem::reason)
        .isEqualTo("CredentialNotAllowed");
    assertThat(new Outcome(compile("team", "", backend)).credentials()).isEmpty();
    assertThat(problem("ns", "", backend)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ns", "team"})
  void hostsBindRoutesOfEveryNamespace(String namespace) {
    String hosts = ", hosts: [proxy.example.com, '*.models.svc']";

    assertThat(toHost(namespace, hosts, "http://proxy.example.com:8080/v1")).isNull();
    assertThat(toHost(namespace, hosts, "https://PROXY.example.com/v1")).isNull();
    assertThat(toHost(namespace, hosts, "http://llama.models.svc/v1")).isNull();
    assertThat(toHost(namespace, hosts, "https://api.openai.com/v1")).isNull();
    for (String url :
        List.of(
            "https://example.com/v1",
            "https://a.proxy.example.com/v1",
            "https://models.svc/v1",
            "https://a.llama.models.svc/v1",
            "https://[::1]/v1",
            "http://api.openai.com/v1")) {
      assertThat(toHost(namespace, hosts, url)).as(url).isNotNull();
      assertThat(toHost(namespace, ", hosts: []", url)).as(url).isNotNull();
    }
    assertThat(toHost(namespace, ", hosts: []", "https://api.openai.com/v1")).isNull();
  }

  @Test
  void messagesNameTheFieldTheHostAndWhatToDo() {
    assertThat(problem("team", "", "credential: text, vllm: {baseUrl: 'http://Mine:8000/v1/x'}"))
        .isEqualTo(
            new Problem(
                "CredentialNotAllowed",
                "backends[b].credential: LlmGateway ns/gw does not let text go to http://mine:8000,"
                    + " but by https to the provider's own hosts, and to those in"
                    + " spec.secrets[text].hosts; ask the gateway's author to add mine there, or"
                    + " use a secretKeyRef of your own"));
    assertThat(problem("team", "", "bedrock: {region: us-east-1, endpoint: 'https://mine/x'}"))
        .isEqualTo(
            new Problem(
                "CredentialNotAllowed",
                "backends[b].bedrock.endpoint: for routes outside namespace ns, the gateway's own"
                    + " identity goes by https to the provider's own hosts alone, and https://mine"
                    + " is none; move the route to namespace ns, or use a secretKeyRef of your"
                    + " own"));
  }

  private static @Nullable Problem toHost(String namespace, String hosts, String url) {
    return problem(namespace, hosts, "credential: text, openAI: {baseUrl: '" + url + "'}");
  }

  private static @Nullable Problem problem(String namespace, String hosts, String backend) {
    return compile(namespace, hosts, backend).routes().getFirst().backends().getFirst().problem();
  }

  /**
   * @param hosts of the gateway's secret
   */
  private static CompiledGateway compile(String namespace, String hosts, String backend) {
    LlmGateway gateway =
        Given.gateway(
            Given.spec(
                """
                routes: {namespaces: {from: All}}
                secrets:
                - {name: text, secretRef: {name: keys, key: text}%1$s}
                - {name: google, secretRef: {name: keys, key: google}%1$s}
                """
                    .formatted(hosts)));
    ModelRoute route =
        Given.route(
            namespace,
            "r",
            new ModelRouteSpec(
                new GatewayRef("gw", "ns"),
                List.of("m"),
                List.of(Given.backend("{name: b, " + backend + "}")),
                null));
    CompiledGateway compiled =
        Given.compile(
            gateway, List.of(route), List.of(), secret("ns", "keys"), secret(namespace, "own"));
    assertThat(compiled.routes().getFirst().refused()).isNull();
    return compiled;
  }

  private static Secret secret(String namespace, String name) {
    return Given.secret(namespace, name, Map.of("text", "key-0123456789", "google", GOOGLE));
  }
}
