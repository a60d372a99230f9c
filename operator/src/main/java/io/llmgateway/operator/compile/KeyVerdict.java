package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * What became of an ApiKey.
 *
 * @param keyId the public id; null when the key is not issued yet
 * @param refused why the key is not attached at all; null when it is
 * @param notIssued why there is no hash to check against; null when there is one
 */
public record KeyVerdict(
    ApiKey key, @Nullable String keyId, @Nullable Problem refused, @Nullable Problem notIssued) {}
