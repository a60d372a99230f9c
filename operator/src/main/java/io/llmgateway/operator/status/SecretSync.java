package io.llmgateway.operator.status;

import io.llmgateway.operator.compile.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a secret that the operator pulls has come since the operator started.
 *
 * @param name in {@code spec.secrets}
 * @param versionId the version read last; null before the first
 * @param since when that version was first read, or read again after a failure
 * @param failure of the last attempt; null when that succeeded, or is yet to come
 */
public record SecretSync(
    String name, @Nullable String versionId, @Nullable Instant since, @Nullable Problem failure) {

  /** Nobody knows yet. */
  boolean isPending() {
    return versionId == null && failure == null;
  }
}
