package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The gateway in AWS.
 *
 * @param region where the gateway's secrets are that are named without an ARN; absent: the
 *     operator's own region
 * @param secretsRoleArn a role that the operator takes on to read the gateway's secrets, with
 *     {@code namespace/name} of the gateway as external id; absent: the operator's own identity
 */
@ApiRecord
public record Aws(
    @Pattern(Syntax.AWS_REGION) @Size(min = 1, max = Syntax.AWS_REGION_LENGTH)
        @Nullable String region,
    @Pattern(Syntax.ROLE_ARN) @Size(min = 1, max = Syntax.ROLE_ARN_LENGTH)
        @Nullable String secretsRoleArn) {}
