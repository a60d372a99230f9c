package io.llmgateway.operator.aws;

import io.llmgateway.operator.status.SecretSync;
import org.jspecify.annotations.Nullable;

/**
 * What came of pulling a secret.
 *
 * @param value the last good one; null before the first
 */
public record Pulled(@Nullable String value, SecretSync sync) {

  static Pulled of(String name, PullState state) {
    SecretReader.Version version = state.version();
    return new Pulled(
        version == null ? null : version.value(),
        new SecretSync(
            name, version == null ? null : version.versionId(), state.since(), state.failure()));
  }

  /** Without the value: it must reach no log. */
  @Override
  public String toString() {
    return "Pulled[" + sync + "]";
  }
}
