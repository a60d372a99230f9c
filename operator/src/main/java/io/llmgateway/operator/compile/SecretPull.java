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
   * @param region null for the operator's own
   * @param roleArn taken on to read it; null for the operator's own identity
   * @param externalId told to that role: whose secret it is to be
   * @param jsonKey null for the whole secret
   */
  public record Source(
      @Nullable String region,
      @Nullable String roleArn,
      String externalId,
      String secretId,
      String versionStage,
      @Nullable String jsonKey) {}
}
