package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * What became of an ApiKey.
 *
 * @param keyId the public id; null when the key is refused or not issued
 * @param refused why the key is not attached at all; null when it is
 * @param notIssued why there is no hash to check against; null when there is one, or when the
 *     operator only has to mint the key
 */
public record KeyVerdict(
    ApiKey key, @Nullable String keyId, @Nullable Problem refused, @Nullable Problem notIssued) {

  /** Nothing is wrong, but the Secret that holds the key is still to be written. */
  public boolean toBeMinted() {
    return keyId == null && refused == null && notIssued == null;
  }
}
