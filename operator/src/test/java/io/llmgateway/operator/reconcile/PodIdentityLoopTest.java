package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.aws.AwsStub;
import io.llmgateway.operator.aws.IamStub.Role;
import io.llmgateway.operator.compile.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The association of EKS Pod Identity that the operator keeps for a gateway. */
class PodIdentityLoopTest {
  private static final String PLAIN =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec: {replicas: 1}
      """;
  private static final String MANAGED = with("podIdentity: {managed: true}");
  private static final String MINE = "arn:aws:iam::123456789012:role/mine";
  private static final String GIVEN = with("podIdentity: {roleArn: \"" + MINE + "\"}");
  private static final Trust PODS =
      new Trust.OfPods(requireNonNull(Stage.AWS.eksClusterArn()), "default", "gw");
  private static final Trust TOKENS =
      new Trust.OfTokens(requireNonNull(Stage.AWS.oidcProviderArn()), "default", "gw");

  private final MovingClock clock = new MovingClock();
  private final AwsStub aws = new AwsStub();
  private Stage stage;

  private static String with(String field) {
    return PLAIN.replace("replicas: 1", "replicas: 1, aws: {" + field + "}");
  }

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start(clock, aws.clients());
  }

  @AfterEach
  void stop() {
    stage.close();
    aws.close();
  }

  @Test
  void aManagedRoleAndItsAssociationAreMadeAndGoWithTheGateway() {
    stage.apply(MANAGED);

    ready();
    Role role = requireNonNull(aws.iam.role(PODS.roleName()));
    assertThat(role.trust()).contains("pods.eks.amazonaws.com");
    ObjectNode association = association();
    assertThat(association.path("namespace").asText()).isEqualTo("default");
    assertThat(association.path("serviceAccount").asText()).isEqualTo("gw");
    assertThat(association.path("roleArn").asText()).isEqualTo(PODS.roleArn());
    assertThat(association.path("tags").path("llmgateway.io/gateway").asText())
        .isEqualTo("default/gw");
    assertThat(stage.client.serviceAccounts().inNamespace("default").withName("gw").get())
        .satisfies(account -> assertThat(account.getMetadata().getAnnotations()).isNullOrEmpty());
    assertThat(stage.gateway("gw").getMetadata().getFinalizers())
        .containsExactlyInAnyOrder(
            AwsPodIdentity.ROLE_FINALIZER, AwsPodIdentity.ASSOCIATION_FINALIZER);

    stage.client.resource(stage.gateway("gw")).delete();

    eventually().until(() -> gateway() == null);
    assertThat(aws.eks.associations()).isEmpty();
    assertThat(aws.iam.roles()).isEmpty();
  }

  @Test
  void podsAreMadeAnewOnceAfterTheAssociation() {
    stage.apply(GIVEN);
    eventually().until(() -> deployment() != null && !aws.eks.associations().isEmpty());
    assertThat(restarted()).as("before EKS has acted on it").isFalse();

    ready();
    eventually().until(this::restarted);
    stage.settle();
    aws.fail(action -> aws.iam.error(503, "ServiceUnavailable"));
    stage.restartOperator();
    stage.settle();

    assertThat(restarted()).as("while a new operator cannot ask AWS").isTrue();
    assertThat(requireNonNull(deployment()).getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void driftIsRepairedAndWithoutItNothingIsWritten() {
    stage.apply(GIVEN);
    ready();
    stage.settle();
    check();
    assertThat(aws.count("eks:UpdatePodIdentityAssociation")).isZero();
    assertThat(aws.count("eks:CreatePodIdentityAssociation")).isEqualTo(1);

    association().put("roleArn", "arn:aws:iam::123456789012:role/theirs");
    association().put("disableSessionTags", true);
    check();
    eventually()
        .untilAsserted(() -> assertThat(association().path("roleArn").asText()).isEqualTo(MINE));
    assertThat(association().path("disableSessionTags").asBoolean()).isFalse();

    aws.eks.associations().clear();
    check();
    eventually().until(() -> !aws.eks.associations().isEmpty());
    assertThat(aws.iam.roles()).as("a role that is not managed is nobody's to make").isEmpty();
    assertThat(aws.actions()).noneMatch(a -> a.startsWith("iam:"));
  }

  @Test
  void whatIsWantedNoMoreIsDeletedAndTheGatewayLetGo() {
    stage.apply(MANAGED);
    ready();

    stage.apply(GIVEN);
    eventually().until(() -> aws.iam.roles().isEmpty());
    eventually()
        .untilAsserted(() -> assertThat(association().path("roleArn").asText()).isEqualTo(MINE));
    eventually()
        .untilAsserted(
            () ->
                assertThat(stage.gateway("gw").getMetadata().getFinalizers())
                    .containsExactly(AwsPodIdentity.ASSOCIATION_FINALIZER));

    stage.apply(PLAIN);
    eventually().until(() -> aws.eks.associations().isEmpty());
    eventually()
        .untilAsserted(
            () -> assertThat(stage.gateway("gw").getMetadata().getFinalizers()).isEmpty());
    eventually()
        .until(() -> conditions(stage.gateway("gw")).stream().noneMatch(c -> c.startsWith("Pod")));
  }

  @Test
  void fromTokensToPodIdentityAndBackNothingIsLeft() {
    stage.apply(with("irsa: {managed: true}"));
    eventually().until(() -> aws.iam.role(TOKENS.roleName()) != null);

    stage.apply(MANAGED);
    ready();
    eventually().until(() -> aws.iam.role(TOKENS.roleName()) == null);
    assertThat(aws.iam.roles()).containsOnlyKeys(PODS.roleName());

    stage.apply(with("irsa: {managed: true}"));
    eventually().until(() -> aws.eks.associations().isEmpty());
    eventually()
        .untilAsserted(() -> assertThat(aws.iam.roles()).containsOnlyKeys(TOKENS.roleName()));
  }

  @Test
  void anAssociationOfSomebodyElseIsNeverTouched() {
    aws.eks.put("default", "gw", "arn:aws:iam::123456789012:role/theirs");
    Map<String, ObjectNode> before = Map.copyOf(aws.eks.associations());
    stage.apply(GIVEN);
    fails("AssociationNotOwned");

    stage.client.resource(stage.gateway("gw")).delete();

    eventually().until(() -> gateway() == null);
    assertThat(aws.eks.associations()).isEqualTo(before);
    assertThat(aws.actions())
        .containsExactly("eks:DescribePodIdentityAssociation", "eks:ListPodIdentityAssociations");
  }

  @Test
  void whatIsRefusedIsSaidAndTriedAgain() {
    fail("eks:CreatePodIdentityAssociation", 403, "AccessDeniedException");
    stage.apply(GIVEN);
    fails("AwsAccessDenied");
    assertThat(message())
        .contains("allow the operator's IAM role eks:CreatePodIdentityAssociation")
        .contains("iam:PassRole");
    eventually().until(() -> stage.events("gw").contains("Warning AwsAccessDenied"));

    fail("eks:ListPodIdentityAssociations", 429, "ThrottlingException");
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
  void whileAwsThrottlesTheWaitsGrowWhateverIsWantedMeanwhile() {
    fail("eks:ListPodIdentityAssociations", 429, "ThrottlingException");
    stage.apply(GIVEN);
    fails("AwsThrottled");
    for (int i = 0; i < 4; i++) {
      check();
    }
    assertThat(aws.count("eks:ListPodIdentityAssociations")).isEqualTo(5);

    clock.move(Duration.ofSeconds(20));
    stage.apply(GIVEN.replace("/mine", "/others"));
    stage.settle();
    assertThat(aws.count("eks:ListPodIdentityAssociations")).isEqualTo(5);

    aws.fail(null);
    check();
    eventually().until(() -> aws.eks.associations().values().toString().contains("/others\""));
  }

  @Test
  void aGatewayStaysUntilItsAssociationIsGone() {
    stage.apply(GIVEN);
    ready();
    fail("eks:DeletePodIdentityAssociation", 403, "AccessDeniedException");

    stage.client.resource(stage.gateway("gw")).delete();

    eventually().until(() -> stage.events("gw").contains("Warning AwsAccessDenied"));
    assertThat(gateway()).isNotNull();
    assertThat(aws.eks.associations()).isNotEmpty();
  }

  private void fail(String failing, int status, String code) {
    aws.fail(action -> action.equals(failing) ? aws.eks.error(status, code) : null);
  }

  /** The clock alone wakes nobody up. */
  private void check() {
    long before = aws.count("eks:ListPodIdentityAssociations");
    clock.move(Duration.ofMinutes(11));
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: wake-%s}
        spec: {gatewayRef: {name: gw}, models: [wake-%s], backends: [{name: a, echo: {}}]}
        """
            .formatted(before, before));
    eventually().until(() -> aws.count("eks:ListPodIdentityAssociations") > before);
    stage.settle();
  }

  private void fails(String reason) {
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("PodIdentityReady=False/" + reason));
  }

  private void ready() {
    eventually().until(() -> !aws.eks.associations().isEmpty());
    clock.move(Duration.ofSeconds(11));
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("PodIdentityReady=True/PodIdentityReady"));
  }

  private String message() {
    return requireNonNull(requireNonNull(stage.gateway("gw").getStatus()).conditions()).stream()
        .filter(c -> c.getType().equals("PodIdentityReady"))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }

  private ObjectNode association() {
    return aws.eks.associations().values().iterator().next();
  }

  private @Nullable LlmGateway gateway() {
    return stage.client.resources(LlmGateway.class).inNamespace("default").withName("gw").get();
  }

  private @Nullable Deployment deployment() {
    return stage.client.apps().deployments().inNamespace("default").withName("gw").get();
  }

  private boolean restarted() {
    Map<String, String> annotations =
        requireNonNull(deployment()).getSpec().getTemplate().getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey("llmgateway.io/pod-identity");
  }
}
