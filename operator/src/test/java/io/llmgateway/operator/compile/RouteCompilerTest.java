package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.config.RouteConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCompilerTest {
  private static final SecretKeyRef OWN = new SecretKeyRef("own", "token");

  @Test
  void aCredentialLosesTheLineBreakThatKubectlTookAlong() {
    Outcome outcome = compile(Given.openAi("a", OWN), secret("own", "sk-123\r\n"));

    assertThat(outcome.credentials()).containsExactly(Map.entry("ns/own/token", "sk-123"));
  }

  @Test
  void aGatewaysCredentialIsKnownByItsNameAndReadFromTheGatewaysNamespace() {
    Outcome outcome = compile(withCredential("shared"), secret("provider", "sk-shared"));

    assertThat(outcome.credentials()).containsExactly(Map.entry("shared", "sk-shared"));
    assertThat(outcome.routes().getFirst().backends())
        .extracting(BackendConfig::credential)
        .containsExactly("shared");
  }

  @Test
  void aSecretThatNoBackendUsesGoesNowhere() {
    assertThat(compile(Given.echo("a"), secret("provider", "sk-shared")).credentials()).isEmpty();
  }

  @Test
  void aBackendThatIsBadLeavesTheOthersAlone() {
    ModelRoute route = Given.route("r", List.of("m"), Given.openAi("bad", OWN), Given.echo("good"));
    CompiledGateway compiled = Given.compile(gateway(), List.of(route), List.of());

    RouteVerdict verdict = compiled.routes().getFirst();
    assertThat(verdict.refused()).isNull();
    assertThat(verdict.backends().get(0).problem())
        .isEqualTo(
            new Problem(
                "SecretNotFound",
                "backends[bad].secretKeyRef: Secret ns/own does not exist; create it or correct the"
                    + " name"));
    assertThat(verdict.backends().get(1).problem()).isNull();
    assertThat(new Outcome(compiled).routes().getFirst().backends())
        .extracting(BackendConfig::name)
        .containsExactly("good");
  }

  @Test
  void aRouteWithoutUsableBackendStaysKnownSoThatItsModelsAnswer503() {
    Outcome outcome = compile(Given.openAi("bad", OWN));

    assertThat(outcome.routes()).containsExactly(new RouteConfig("ns/r", List.of("m"), List.of()));
  }

  @Test
  void credentialsOfABackendThatIsLeftOutGoNowhere() {
    Backend both =
        Given.backend("{name: both, credential: shared, secretKeyRef: {name: own, key: token}}");

    assertThat(compile(both, secret("own", "sk-1"), secret("provider", "sk-2")).credentials())
        .isEmpty();
  }

  @Test
  void theOldestRouteKeepsAModelWhateverTheNamesAndOrder() {
    ModelRoute young =
        Given.createdAt(
            "2026-02-01T00:00:00Z", Given.route("a", List.of("m", "n"), Given.echo("e")));
    ModelRoute old =
        Given.createdAt("2026-01-01T00:00:00Z", Given.route("z", List.of("m"), Given.echo("e")));
    ModelRoute neverCreated = Given.route("0", List.of("n"), Given.echo("e"));
    CompiledGateway compiled =
        Given.compile(gateway(), List.of(neverCreated, young, old), List.of());

    assertThat(new Outcome(compiled).routes())
        .extracting(RouteConfig::name, RouteConfig::models)
        .containsExactlyInAnyOrder(tuple("ns/z", List.of("m")), tuple("ns/a", List.of("n")));
    RouteVerdict loser = compiled.routes().getLast();
    assertThat(loser.route()).isSameAs(neverCreated);
    assertThat(loser.refused())
        .isEqualTo(
            new Problem(
                "ModelConflict",
                "spec.models: n is served by the older ModelRoute ns/a; remove it from one of the"
                    + " two"));
  }

  @Test
  void aModelThatOneRouteNamesTwiceIsItsOwn() {
    ModelRoute route = Given.route("r", List.of("m", "m"), Given.echo("e"));
    CompiledGateway compiled = Given.compile(gateway(), List.of(route), List.of());

    assertThat(compiled.routes().getFirst().lostModels()).isEmpty();
    assertThat(new Outcome(compiled).routes().getFirst().models()).containsExactly("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "*-mini", "gpt*4", "**", "a\nb"})
  void aModelNameThatNoRequestCanMatchIsRefused(String model) {
    ModelRoute route = Given.route("r", List.of(model, "good"), Given.echo("e"));
    CompiledGateway compiled = Given.compile(gateway(), List.of(route), List.of());

    assertThat(compiled.routes().getFirst().lostModels())
        .singleElement()
        .satisfies(p -> assertThat(p.reason()).isEqualTo("InvalidModelName"));
    assertThat(new Outcome(compiled).routes().getFirst().models()).containsExactly("good");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, https://api.openai.com/v1",
    "https://api.openai.com/v1///, https://api.openai.com/v1",
    "http://[::1]:8000, http://[::1]:8000",
    "HTTP://host/a%20b/, HTTP://host/a%20b",
  })
  void aBaseUrlLosesItsSlashAtTheEnd(String written, String expected) {
    Outcome outcome = compile(Given.vllm("a", written));

    assertThat(outcome.routes().getFirst().backends().getFirst().provider())
        .isEqualTo(new ProviderConfig.OpenAi("vllm", URI.create(expected), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.openai.com/v1",
        "ftp://host/v1",
        "https:///v1",
        "https://host:0",
        "https://host:65536",
        "https://host/v1?key=hidden",
        "https://host/v1#hidden",
        "https://user:hidden@host/v1",
        "https://ho st/hidden",
        "https://my_host/v1"
      })
  void aBaseUrlThatCannotBeCalledIsRefusedWithoutQuotingIt(String url) {
    ModelRoute route = Given.route("r", List.of("m"), Given.vllm("a", url));
    CompiledGateway compiled = Given.compile(gateway(), List.of(route), List.of());

    Problem problem = compiled.routes().getFirst().backends().getFirst().problem();
    assertThat(problem).isNotNull();
    assertThat(problem.reason()).isEqualTo("InvalidBaseUrl");
    assertThat(problem.message()).startsWith("backends[a].vllm.baseUrl ").doesNotContain("hidden");
  }

  private static Outcome compile(Backend backend, Secret... secrets) {
    ModelRoute route = Given.route("r", List.of("m"), backend);
    return new Outcome(Given.compile(gateway(), List.of(route), List.of(), secrets));
  }

  private static LlmGateway gateway() {
    return Given.gateway(
        Given.spec("{secrets: [{name: shared, secretRef: {name: provider, key: token}}]}"));
  }

  private static Backend withCredential(String name) {
    return Given.backend("{name: a, openAI: {}, credential: " + name + "}");
  }

  private static Secret secret(String name, String token) {
    return Given.secret("ns", name, Map.of("token", token));
  }
}
