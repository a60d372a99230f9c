package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The gateway in AWS.
 *
 * @param region where the gateway's secrets are that are named without an ARN; absent: the
 *     operator's own region
 * @param irsa the gateway's pods are an IAM role by way of their ServiceAccount's token (IRSA)
 * @param podIdentity the gateway's pods are an IAM role by way of EKS Pod Identity; not beside irsa
 * @param secretsRoleArn a role that the operator takes on to read the gateway's secrets, with
 *     {@code namespace/name} of the gateway as external id; absent: the operator's own identity
 */
@ApiRecord
@ValidationRule(
    value = "!(has(self.irsa) && has(self.podIdentity))",
    message = "aws must have at most one of irsa and podIdentity")
public record Aws(
    @Pattern(Syntax.AWS_REGION) @Size(min = 1, max = Syntax.AWS_REGION_LENGTH)
        @Nullable String region,
    @Nullable Irsa irsa,
    @Nullable PodIdentity podIdentity,
    @Pattern(Syntax.ROLE_ARN) @Size(min = 1, max = Syntax.ROLE_ARN_LENGTH)
        @Nullable String secretsRoleArn) {

  /**
   * An IAM role for the gateway's ServiceAccount: either {@code roleArn} or {@code managed}.
   *
   * @param roleArn a role that trusts the ServiceAccount, which has the gateway's name
   * @param managed the operator makes the role, allows it what the attached routes need of Bedrock
   *     and nothing else, and deletes it with the gateway
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.roleArn) != (has(self.managed) && self.managed)",
      message = "irsa must have either roleArn or managed: true")
  public record Irsa(
      @Pattern(Syntax.ROLE_ARN) @Size(min = 1, max = Syntax.ROLE_ARN_LENGTH)
          @Nullable String roleArn,
      @Nullable Boolean managed) {}

  /**
   * An IAM role for the gateway's ServiceAccount, by an association that the operator makes and
   * keeps: either {@code roleArn} or {@code managed}.
   *
   * @param roleArn a role that trusts pods.eks.amazonaws.com
   * @param managed the operator makes the role, allows it what the attached routes need of Bedrock
   *     and nothing else, and deletes it with the gateway
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.roleArn) != (has(self.managed) && self.managed)",
      message = "podIdentity must have either roleArn or managed: true")
  public record PodIdentity(
      @Pattern(Syntax.ROLE_ARN) @Size(min = 1, max = Syntax.ROLE_ARN_LENGTH)
          @Nullable String roleArn,
      @Nullable Boolean managed) {}
}
