package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.aws.AwsStub;
import io.llmgateway.operator.aws.IamStub.Role;
import io.llmgateway.operator.compile.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The IAM role that the operator keeps for a gateway. */
class RoleLoopTest {
  private static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec: {replicas: 1, aws: {irsa: {managed: true}}}
      """;
  private static final String NOVA =
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
  private static final String OIDC = requireNonNull(Stage.AWS.oidcProviderArn());
  private static final Trust TRUST = new Trust.OfTokens(OIDC, "default", "gw");

  private final MovingClock clock = new MovingClock();
  private final AwsStub aws = new AwsStub();
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start(clock, aws.clients());
    aws.bedrock.profile("us.amazon.nova-lite-v1:0", NOVA, NOVA.replace("east-1", "west-2"));
  }

  @AfterEach
  void stop() {
    stage.close();
    aws.close();
  }

  @Test
  void aModelMoreIsARouteMoreAndNothingElse() {
    stage.apply(GATEWAY);
    eventually().until(() -> role() != null);
    Role made = requireNonNull(role());
    assertThat(made.path()).isEqualTo("/llmgateway/");
    assertThat(made.trust())
        .contains("\"Federated\":\"" + OIDC + "\"")
        .contains(":sub\":\"system:serviceaccount:default:gw\"")
        .contains(":aud\":\"sts.amazonaws.com\"");
    assertThat(made.policies()).isEmpty();
    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        requireNonNull(
                                stage
                                    .client
                                    .serviceAccounts()
                                    .inNamespace("default")
                                    .withName("gw")
                                    .get())
                            .getMetadata()
                            .getAnnotations())
                    .containsEntry("eks.amazonaws.com/role-arn", TRUST.roleArn()));

    stage.apply(route("claude", "anthropic.claude-3-5-haiku-20241022-v1:0"));
    policy("foundation-model/anthropic.claude-3-5-haiku-20241022-v1:0");
    stage.apply(route("nova", "us.amazon.nova-lite-v1:0"));
    policy("us-west-2::foundation-model/amazon.nova-lite-v1:0");
    ready(); // What is done in AWS is told afterwards.

    stage.client.resource(stage.route("nova")).delete();
    eventually()
        .untilAsserted(() -> assertThat(policy()).doesNotContain("nova").contains("claude"));
    stage.client.resource(stage.route("claude")).delete();
    eventually().until(() -> requireNonNull(role()).policies().isEmpty());
  }

  @Test
  void driftIsRepairedAndWithoutItNothingIsWritten() {
    stage.apply(GATEWAY);
    stage.apply(route("claude", "anthropic.claude-3-5-haiku-20241022-v1:0"));
    policy("claude");
    ready();
    stage.settle();
    long puts = aws.count("iam:PutRolePolicy");
    stage.restartOperator();
    stage.settle();
    assertThat(aws.count("iam:PutRolePolicy")).isEqualTo(puts);
    assertThat(aws.count("iam:CreateRole")).isEqualTo(1);

    requireNonNull(role()).policies().put("bedrock", "{\"Statement\":[]}");
    clock.move(Duration.ofMinutes(11));
    stage.apply(route("more", "amazon.titan-embed-text-v2:0"));
    policy("titan");
    policy("claude");
  }

  @Test
  void theRoleGoesWithTheGatewayAlsoWhenAwsIsAwayMeanwhile() {
    stage.apply(GATEWAY);
    stage.apply(route("claude", "anthropic.claude-3-5-haiku-20241022-v1:0"));
    policy("claude");

    stage.client.resource(stage.gateway("gw")).delete();

    eventually().until(() -> aws.iam.roles().isEmpty());
    eventually().until(() -> gateway() == null);
  }

  @Test
  void aRoleThatIsWantedNoMoreIsDeletedAndTheGatewayLetGo() {
    stage.apply(GATEWAY);
    eventually().until(() -> role() != null);

    stage.apply(GATEWAY.replace(", aws: {irsa: {managed: true}}", ""));

    eventually().until(() -> aws.iam.roles().isEmpty());
    eventually()
        .untilAsserted(
            () -> assertThat(stage.gateway("gw").getMetadata().getFinalizers()).isEmpty());
  }

  @Test
  void aRoleOfSomebodyElseIsNeverTouched() {
    Role foreign = new Role("/", "{}", Map.of(), new ConcurrentHashMap<>(Map.of("p", "{}")), "");
    aws.iam.roles().put(TRUST.roleName(), foreign);
    stage.apply(GATEWAY);
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("RoleReady=False/RoleNotOwned"));

    stage.client.resource(stage.gateway("gw")).delete();

    eventually().until(() -> gateway() == null);
    assertThat(role()).isEqualTo(foreign);
    assertThat(aws.actions()).containsExactly("iam:GetRole");
  }

  @Test
  void whatIsRefusedIsSaidAndTriedAgain() {
    aws.fail(action -> action.equals("iam:CreateRole") ? aws.iam.error(403, "AccessDenied") : null);
    stage.apply(GATEWAY);
    fails("AwsAccessDenied");
    assertThat(message())
        .contains("allow the operator's IAM role iam:CreateRole and iam:TagRole on that role")
        .contains(TRUST.roleArn());

    aws.fail(action -> action.equals("iam:GetRole") ? aws.iam.error(400, "Throttling") : null);
    clock.move(Duration.ofMinutes(1));
    fails("AwsThrottled");

    aws.fail(null);
    aws.expire(true);
    clock.move(Duration.ofMinutes(1));
    fails("AwsCredentialsRejected");

    aws.expire(false);
    clock.move(Duration.ofMinutes(1));
    ready();
  }

  @Test
  void aPolicyThatIsTooLongIsSaidAndTheRoleStaysAsItIs() {
    stage.apply(GATEWAY);
    stage.apply(route("claude", "anthropic.claude-3-5-haiku-20241022-v1:0"));
    policy("claude");
    String before = policy();
    String backends =
        IntStream.range(0, 14)
            .mapToObj(
                i ->
                    "    - {name: b-%s, bedrock: {modelId: \"%s-%s\", region: us-east-1}}"
                        .formatted(i, "m".repeat(900), i))
            .collect(Collectors.joining("\n"));

    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: many}
        spec:
          gatewayRef: {name: gw}
          models: [many]
          backends:
        %s
        """
            .formatted(backends.replace("    - ", "  - ")));

    fails("PolicyTooLarge");
    assertThat(policy()).isEqualTo(before);
    stage.client.resource(stage.route("many")).delete();
    ready();
  }

  @Test
  void aProfileThatBedrockDoesNotKnowIsSaidAndStopsNobodyElse() {
    stage.apply(route("unknown", "us.unknown.model-v1:0"));
    stage.apply(GATEWAY);
    fails("AwsRefused");
    stage.apply(route("nova", "us.amazon.nova-lite-v1:0"));
    policy("us-west-2::foundation-model/amazon.nova-lite-v1:0");
    fails("AwsRefused");
  }

  private void fails(String reason) {
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw"))).contains("RoleReady=False/" + reason));
  }

  private void ready() {
    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.gateway("gw"))).contains("RoleReady=True/RoleReady"));
  }

  private String message() {
    return requireNonNull(requireNonNull(stage.gateway("gw").getStatus()).conditions()).stream()
        .filter(c -> c.getType().equals("RoleReady"))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }

  private @Nullable LlmGateway gateway() {
    return stage.client.resources(LlmGateway.class).inNamespace("default").withName("gw").get();
  }

  private @Nullable Role role() {
    return aws.iam.role(TRUST.roleName());
  }

  private String policy() {
    Role role = role();
    return role == null ? "" : role.policies().getOrDefault("bedrock", "");
  }

  private void policy(String part) {
    eventually().untilAsserted(() -> assertThat(policy()).contains(part));
  }

  private static String route(String name, String model) {
    return """
    apiVersion: llmgateway.io/v1alpha1
    kind: ModelRoute
    metadata: {name: %s}
    spec:
      gatewayRef: {name: gw}
      models: [%s]
      backends:
        - {name: bedrock, bedrock: {modelId: "%s", region: us-east-1}}
    """
        .formatted(name, name, model);
  }
}
