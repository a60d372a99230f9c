package io.llmgateway.operator.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.llmgateway.operator.compile.KeyDeposit;
import io.llmgateway.operator.compile.MintedKey;
import io.llmgateway.operator.compile.MintedSecret;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Reasons;
import io.llmgateway.operator.status.ConditionReasons;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Keys that are minted into AWS Secrets Manager. The secret carries the ApiKey's uid: whoever comes
 * again, after a crash or as another leader, finds the key that was minted, and mints no second
 * one.
 */
public final class KeyDeposits {
  static final String OWNER_TAG = "llmgateway.io/apikey-uid";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ACTIONS =
      "secretsmanager:DescribeSecret, CreateSecret, TagResource and GetSecretValue on that secret";

  private final AwsClients clients;
  private final SecureRandom random = new SecureRandom();

  public KeyDeposits(AwsClients clients) {
    this.clients = clients;
  }

  /**
   * @param isNew whether it was minted just now
   */
  public record Deposited(MintedKey key, boolean isNew) {}

  /**
   * The key of this ApiKey, minted or found.
   *
   * @param uid of the ApiKey
   */
  public Deposited deposit(String uid, KeyDeposit where) throws AwsFailure {
    String what =
        "spec.material.awsSecretsManager: secret " + where.secretId() + " cannot be written";
    try {
      SecretsManagerClient client = clients.secretsManager(where.as());
      DescribeSecretResponse there = describe(client, where.secretId());
      return there == null
          ? new Deposited(create(client, uid, where), true)
          : new Deposited(read(client, uid, where, there, what), false);
    } catch (SdkException e) {
      throw new AwsFailure(AwsErrors.explain(e, what, ACTIONS, AwsErrors.who(where.as())));
    }
  }

  private static @Nullable DescribeSecretResponse describe(
      SecretsManagerClient client, String secretId) {
    try {
      return client.describeSecret(r -> r.secretId(secretId));
    } catch (ResourceNotFoundException e) {
      return null;
    }
  }

  /** Of two that create it at the same time, AWS refuses one, which then finds the other's. */
  private MintedKey create(SecretsManagerClient client, String uid, KeyDeposit where) {
    MintedKey minted = MintedKey.mint(random);
    String text =
        JSON.createObjectNode()
            .put(MintedSecret.KEY_ENTRY, minted.key())
            .put(MintedSecret.ID_ENTRY, minted.id())
            .toString();
    client.createSecret(
        r ->
            r.name(where.secretId())
                .clientRequestToken(
                    UUID.nameUUIDFromBytes(uid.getBytes(StandardCharsets.UTF_8)).toString())
                .secretString(text)
                .tags(Tag.builder().key(OWNER_TAG).value(uid).build()));
    return minted;
  }

  private static MintedKey read(
      SecretsManagerClient client,
      String uid,
      KeyDeposit where,
      DescribeSecretResponse there,
      String what)
      throws AwsFailure {
    if (there.tags().stream().noneMatch(t -> OWNER_TAG.equals(t.key()) && uid.equals(t.value()))) {
      throw new AwsFailure(
          new Problem(
              Reasons.SECRET_NOT_OWNED,
              what
                  + ": it is there and not of this ApiKey; name another, or delete it without a"
                  + " recovery window"));
    }
    if (there.deletedDate() != null) {
      throw new AwsFailure(
          new Problem(
              ConditionReasons.AWS_SECRET_DELETED,
              what + ": it is scheduled for deletion; restore it, or name another"));
    }
    String text = client.getSecretValue(r -> r.secretId(where.secretId())).secretString();
    MintedKey key = text == null ? null : parse(text);
    if (key == null) {
      throw new AwsFailure(
          new Problem(
              ConditionReasons.AWS_SECRET_INVALID,
              what + ": it holds no longer what was minted; delete it to get a new key"));
    }
    return key;
  }

  private static @Nullable MintedKey parse(String text) {
    try {
      return MintedKey.parse(JSON.readTree(text).path(MintedSecret.KEY_ENTRY).asText());
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
