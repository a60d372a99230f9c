package io.llmgateway.operator.compile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A secret in AWS Secrets Manager that a gateway wants.
 *
 * @param name in {@code spec.secrets}
 * @param source where it is
 * @param refreshInterval how often to look for another version
 */
public record SecretPull(String name, Source source, Duration refreshInterval) {

  /**
   * Equal sources have equal values.
   *
   * @param as who reads it
   * @param jsonKey null for the whole secret
   */
  public record Source(
      AwsIdentity as, String secretId, String versionStage, @Nullable String jsonKey) {}
}
