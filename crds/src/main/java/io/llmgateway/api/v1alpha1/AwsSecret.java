package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A secret in AWS Secrets Manager.
 *
 * @param secretId name or ARN of the secret
 * @param jsonKey the secret is a JSON object, and the credential is the text under this key;
 *     absent: the whole secret is the credential
 * @param versionStage which version is used, by its staging label
 * @param refreshInterval how often the operator looks for a new version, {@code 10s} to {@code 24h}
 */
@ApiRecord
public record AwsSecret(
    @Pattern(Syntax.AWS_SECRET) @Size(min = 1, max = Syntax.AWS_SECRET_LENGTH) String secretId,
    @Pattern(Syntax.PRINTABLE) @Size(min = 1, max = 256) @Nullable String jsonKey,
    @Default("AWSCURRENT") @Pattern(Syntax.PRINTABLE) @Size(min = 1, max = 256)
        @Nullable String versionStage,
    @Default("1h")
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.REFRESH_RULE, message = Syntax.REFRESH_MESSAGE)
        @Nullable String refreshInterval) {}
