package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call what, until when.
 *
 * @param gatewayRef the gateway that takes this key; cannot be changed
 * @param owner who uses the key; stands in the access log
 * @param allowedModels names that the key may call, exact or with one {@code *} at the end; absent:
 *     all models of the gateway
 * @param expiresAt time from which on the key gets 401, in RFC 3339; absent: never
 * @param disabled while true, the key gets 401
 * @param material where the key itself is; absent: minted into a Secret that has the ApiKey's name
 */
@ApiRecord
public record ApiKeySpec(
    @ValidationRule(
            value = "self == oldSelf",
            message = "gatewayRef cannot be changed: create another ApiKey for another gateway")
        GatewayRef gatewayRef,
    @Nullable Owner owner,
    @Size(min = 1, max = 64)
        @ValidationRule(value = Syntax.MODELS_RULE, message = Syntax.MODELS_MESSAGE)
        @Nullable List<@Size(min = 1, max = Syntax.MODEL_LENGTH) String> allowedModels,
    @Size(max = 40) @Format(Format.Kind.DATE_TIME) @Nullable String expiresAt,
    @Default("false") @Nullable Boolean disabled,
    @Nullable Material material) {

  /**
   * Who uses the key.
   *
   * @param team name of a team
   * @param user name of a person or a program
   */
  @ApiRecord
  public record Owner(
      @Pattern(Syntax.PRINTABLE) @Size(min = 1, max = 128) @Nullable String team,
      @Pattern(Syntax.PRINTABLE) @Size(min = 1, max = 128) @Nullable String user) {}

  /**
   * Where the key itself is: exactly one of {@code secretName}, {@code secretRef}, {@code
   * awsSecretsManager} and {@code sha256}.
   *
   * @param secretName the operator mints a key and writes it once to this Secret, entry {@code
   *     api-key}
   * @param secretRef the key is already in this Secret, in the ApiKey's namespace
   * @param awsSecretsManager the operator mints a key and writes it once to AWS Secrets Manager, as
   *     JSON with {@code api-key} and {@code key-id}
   * @param sha256 lower-case hexadecimal SHA-256 of a key that is kept elsewhere
   */
  @ApiRecord
  @ValidationRule(
      value =
          "[has(self.secretName), has(self.secretRef), has(self.awsSecretsManager), has(self.sha256)].exists_one(m, m)",
      message =
          "material must have exactly one of secretName, secretRef, awsSecretsManager and sha256;"
              + " without material, a key is minted")
  public record Material(
      @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
          @Nullable String secretName,
      @Nullable SecretKeyRef secretRef,
      @Nullable AwsKey awsSecretsManager,
      @Pattern(Syntax.SHA256) @Size(max = 64) @Nullable String sha256) {}
}
