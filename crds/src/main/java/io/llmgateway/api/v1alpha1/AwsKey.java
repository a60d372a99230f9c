package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A secret of AWS Secrets Manager that a minted key is written to.
 *
 * @param secretId name of the secret to create, in the region and as the role of the gateway's
 *     {@code spec.aws}; cannot be changed
 */
@ApiRecord
public record AwsKey(
    @Pattern(Syntax.AWS_SECRET_NAME)
        @Size(min = 1, max = Syntax.AWS_SECRET_NAME_LENGTH)
        @ValidationRule(
            value = "self == oldSelf",
            message = "secretId cannot be changed: create another ApiKey for another secret")
        String secretId) {}
