package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The gateway in AWS.
 *
 * @param region where the gateway's secrets are that are named without an ARN; absent: the
 *     operator's own region
 * @param irsa the gateway's pods are an IAM role by way of their ServiceAccount's token (IRSA)
 * @param secretsRoleArn a role that the operator takes on to read the gateway's secrets, with
 *     {@code namespace/name} of the gateway as external id; absent: the operator's own identity
 */
@ApiRecord
public record Aws(
    @Pattern(Syntax.AWS_REGION) @Size(min = 1, max = Syntax.AWS_REGION_LENGTH)
        @Nullable String region,
    @Nullable Irsa irsa,
    @Pattern(Syntax.ROLE_ARN) @Size(min = 1, max = Syntax.ROLE_ARN_LENGTH)
        @Nullable String secretsRoleArn) {

  /**
   * An IAM role for the gateway's ServiceAccount.
   *
   * @param roleArn a role that trusts the ServiceAccount, which has the gateway's name
   */
  @ApiRecord
  public record Irsa(
      @Pattern(Syntax.ROLE_ARN) @Size(min = 1, max = Syntax.ROLE_ARN_LENGTH) String roleArn) {}
}
