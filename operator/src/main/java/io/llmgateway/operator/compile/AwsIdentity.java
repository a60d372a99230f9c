package io.llmgateway.operator.compile;

import org.jspecify.annotations.Nullable;

/**
 * As whom the operator speaks to AWS, and where.
 *
 * @param region null for the operator's own
 * @param roleArn taken on first; null for the operator's own identity
 * @param externalId told to that role: for which gateway it is
 */
public record AwsIdentity(@Nullable String region, @Nullable String roleArn, String externalId) {}
