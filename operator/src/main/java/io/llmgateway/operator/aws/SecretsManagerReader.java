package io.llmgateway.operator.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.SecretPull;
import io.llmgateway.operator.status.ConditionReasons;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** AWS Secrets Manager. */
final class SecretsManagerReader implements SecretReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AwsClients clients;

  SecretsManagerReader(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public void forget(ResourceID gateway) {
    clients.forget(gateway.getNamespace().orElse("") + "/" + gateway.getName());
  }

  @Override
  public Version read(SecretPull pull) throws AwsFailure {
    SecretPull.Source source = pull.source();
    String what =
        "spec.secrets["
            + pull.name()
            + "].awsSecretsManager: secret "
            + source.secretId()
            + " cannot be read";
    GetSecretValueResponse answer;
    try {
      answer =
          clients
              .secretsManager(source.as())
              .getSecretValue(
                  r -> r.secretId(source.secretId()).versionStage(source.versionStage()));
    } catch (ResourceNotFoundException e) {
      throw failure(
          ConditionReasons.AWS_SECRET_NOT_FOUND,
          what
              + ": there is none, or no version "
              + source.versionStage()
              + " of it, in this account and region; create it, or correct secretId or region");
    } catch (InvalidRequestException e) {
      throw failure(
          ConditionReasons.AWS_SECRET_DELETED,
          what + ": it is scheduled for deletion; restore it, or name another");
    } catch (DecryptionFailureException e) {
      throw failure(
          ConditionReasons.AWS_ACCESS_DENIED,
          what
              + ": its KMS key cannot be used; allow "
              + AwsErrors.who(source.as())
              + " kms:Decrypt with that key");
    } catch (SdkException e) {
      throw new AwsFailure(
          AwsErrors.explain(
              e, what, "secretsmanager:GetSecretValue on that secret", AwsErrors.who(source.as())));
    }
    return new Version(text(what, source.jsonKey(), answer), answer.versionId());
  }

  private static String text(String what, @Nullable String jsonKey, GetSecretValueResponse answer)
      throws AwsFailure {
    String whole =
        answer.secretString() != null
            ? answer.secretString()
            : answer.secretBinary() == null
                ? ""
                : answer.secretBinary().asString(StandardCharsets.UTF_8);
    if (jsonKey == null) {
      return whole;
    }
    JsonNode value;
    try {
      value = JSON.readTree(whole).path(jsonKey);
    } catch (JsonProcessingException e) {
      throw failure( // The exception would quote the secret.
          ConditionReasons.AWS_SECRET_INVALID,
          what + " with jsonKey: it is no JSON object; store one, or remove jsonKey");
    }
    if (!value.isTextual()) {
      throw failure(
          ConditionReasons.AWS_SECRET_INVALID,
          what + " with jsonKey: its JSON has no text under " + jsonKey + "; correct jsonKey");
    }
    return value.textValue();
  }

  private static AwsFailure failure(String reason, String message) {
    return new AwsFailure(new Problem(reason, message));
  }
}
