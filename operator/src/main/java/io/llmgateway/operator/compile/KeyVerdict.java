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
 * @param deposit where in AWS the key is minted to; null when elsewhere, or not at all
 */
public record KeyVerdict(
    ApiKey key,
    @Nullable String keyId,
    @Nullable Problem refused,
    @Nullable Problem notIssued,
    @Nullable KeyDeposit deposit) {

  KeyVerdict(
      ApiKey key, @Nullable String keyId, @Nullable Problem refused, @Nullable Problem notIssued) {
    this(key, keyId, refused, notIssued, null);
  }

  /** Of a key that the gateway does not take. */
  public static KeyVerdict refused(ApiKey key, Problem problem) {
    return new KeyVerdict(key, null, problem, null);
  }

  /** The same, though the key could not be minted. */
  public KeyVerdict notMinted(Problem problem) {
    return new KeyVerdict(key, null, refused, problem, deposit);
  }

  /** Nothing is wrong, but the Secret that holds the key is still to be written. */
  public boolean toBeMinted() {
    return keyId == null && refused == null && notIssued == null;
  }
}
