package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Material;
import io.llmgateway.api.v1alpha1.Aws;
import io.llmgateway.api.v1alpha1.LlmGateway;
import org.jspecify.annotations.Nullable;

/**
 * Where in AWS a key is minted to.
 *
 * @param as whose doing it is
 * @param secretId name of the secret
 */
public record KeyDeposit(AwsIdentity as, String secretId) {

  /** Null when the key's material is elsewhere. */
  static @Nullable KeyDeposit of(LlmGateway gateway, ApiKey key) {
    Material material = key.getSpec().material();
    if (material == null || material.awsSecretsManager() == null) {
      return null;
    }
    Aws aws = gateway.getSpec().aws();
    return new KeyDeposit(
        new AwsIdentity(
            aws == null ? null : aws.region(),
            aws == null ? null : aws.secretsRoleArn(),
            GatewayNames.qualified(gateway)),
        material.awsSecretsManager().secretId());
  }
}
