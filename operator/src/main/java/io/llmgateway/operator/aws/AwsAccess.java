package io.llmgateway.operator.aws;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

/**
 * Who the operator is in AWS, and where AWS is.
 *
 * @param credentials of the operator itself
 * @param region the operator's own
 * @param endpoint in place of every service's own; null: theirs, or what {@code
 *     AWS_ENDPOINT_URL_<SERVICE>} says
 */
public record AwsAccess(
    AwsCredentialsProvider credentials, AwsRegionProvider region, @Nullable URI endpoint) {}
