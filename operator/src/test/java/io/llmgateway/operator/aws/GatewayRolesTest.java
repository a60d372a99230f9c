package io.llmgateway.operator.aws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmgateway.operator.aws.IamStub.Role;
import io.llmgateway.operator.compile.BedrockUse;
import io.llmgateway.operator.compile.ManagedRole;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Trust;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayRolesTest {
  private static final Trust TRUST =
      new Trust.OfTokens(
          "arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/1", "default", "gw");
  private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/llmgateway-boundary";
  private static final String NOVA = "us.amazon.nova-lite-v1:0";
  private static final String BEHIND = "us-west-2::foundation-model/amazon.nova-lite-v1:0";

  private final AwsStub aws = new AwsStub();
  private final GatewayRoles roles = new GatewayRoles(aws.clients(), null);

  @BeforeEach
  void profile() {
    aws.bedrock.profile(NOVA, "arn:aws:bedrock:" + BEHIND);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void aProfileThatBedrockDoesNotKnowIsLeftOutAlsoOfANewRole() {
    Problem problem = failing(() -> roles.keep(role(NOVA, "us.typo", "us.other-typo", "a.b")));

    assertThat(problem.reason()).isEqualTo("AwsRefused");
    assertThat(problem.message()).contains("us.other-typo").endsWith("(and 1 more)");
    assertThat(policy()).contains(BEHIND).contains("foundation-model/a.b").doesNotContain("typo");
  }

  /** What serves must not stop because the operator cannot look at it now. */
  @Test
  void aProfileThatCannotBeLookedUpStaysAsThePolicyHasIt() throws AwsFailure {
    roles.keep(role(NOVA));
    fail("bedrock:GetInferenceProfile", aws.bedrock.error(503, "ServiceUnavailable"));

    Problem problem = failing(() -> roles.keep(role(NOVA, "a.more")));

    assertThat(problem.reason()).isEqualTo("AwsUnavailable");
    assertThat(policy()).contains(BEHIND).contains("/" + NOVA).contains("foundation-model/a.more");

    roles.keep(role("a.more"));
    assertThat(policy()).doesNotContain("nova");
  }

  @Test
  void aRoleThatIamDoesNotKnowEverywhereYetIsNotDone() throws AwsFailure {
    fail("iam:PutRolePolicy", aws.iam.error(404, "NoSuchEntity"));
    assertThat(failing(() -> roles.keep(role("a.b"))).message()).contains("everywhere yet");

    aws.fail(null);
    roles.keep(role("a.b"));
    assertThat(policy()).contains("a.b");
  }

  @Test
  void whatIsAttachedBesideIsSaidWhenTheRoleIsToGo() throws AwsFailure {
    roles.keep(role("a.b"));
    requireNonNull(made()).policies().put("another", "{}");
    assertThat(failing(() -> roles.delete(TRUST)).message()).contains("detach");

    requireNonNull(made()).policies().clear();
    roles.delete(TRUST);
    roles.delete(TRUST);
    assertThat(made()).isNull();
  }

  @Test
  void everyRoleGetsTheBoundaryAlsoOneFromBefore() throws AwsFailure {
    GatewayRoles bounded = new GatewayRoles(aws.clients(), BOUNDARY);
    bounded.keep(role("a.b"));
    assertThat(requireNonNull(made()).boundary()).isEqualTo(BOUNDARY);
    assertThat(aws.count("iam:PutRolePermissionsBoundary")).isZero();
    bounded.delete(TRUST);

    roles.keep(role("a.b"));
    assertThat(requireNonNull(made()).boundary()).isEmpty();
    bounded.keep(role("a.b"));
    bounded.keep(role("a.b"));
    assertThat(requireNonNull(made()).boundary()).isEqualTo(BOUNDARY);
    assertThat(aws.count("iam:PutRolePermissionsBoundary")).isEqualTo(1);
  }

  private void fail(String failing, String how) {
    aws.fail(action -> action.equals(failing) ? how : null);
  }

  private static Problem failing(ThrowingCallable work) {
    return requireNonNull(catchThrowableOfType(AwsFailure.class, work)).problem();
  }

  private static ManagedRole role(String... models) {
    return new ManagedRole(
        TRUST,
        Stream.of(models).map(model -> new BedrockUse("us-west-2", model, null, null)).toList());
  }

  private @Nullable Role made() {
    return aws.iam.role(TRUST.roleName());
  }

  private String policy() {
    return requireNonNull(made()).policies().getOrDefault("bedrock", "");
  }
}
