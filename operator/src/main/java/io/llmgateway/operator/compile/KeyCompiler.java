package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Material;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Owner;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import io.llmgateway.runtime.config.KeyConfig;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles keys in the order of their age: of two that are the same key, the older one stays. */
final class KeyCompiler {
  /** Shorter than that, a key can be guessed from its hash. */
  private static final int MIN_KEY_LENGTH = 20;

  private static final int DERIVED_ID_LENGTH = 12;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final LlmGateway gateway;
  private final NamespaceAdmission admission;
  private final SecretValues secrets;
  private final Map<String, String> ownerByClaim = new HashMap<>();
  private final List<KeyConfig> configs = new ArrayList<>();

  KeyCompiler(LlmGateway gateway, NamespaceAdmission admission, SecretValues secrets) {
    this.gateway = gateway;
    this.admission = admission;
    this.secrets = secrets;
  }

  List<KeyConfig> configs() {
    return configs;
  }

  /**
   * @param id public
   * @param sha256 of the key
   */
  private record Identity(String id, String sha256) {
    /** For keys whose own text must not name an id: anybody could take another's. */
    static Identity ofHash(String sha256) {
      return new Identity(sha256.substring(0, DERIVED_ID_LENGTH), sha256);
    }
  }

  KeyVerdict compile(ApiKey key) {
    List<String> models;
    Instant expiresAt;
    try {
      admission.check(key);
      models = allowedModels(key.getSpec());
      expiresAt = expiresAt(key.getSpec().expiresAt());
    } catch (Refusal e) {
      return new KeyVerdict(key, null, e.problem(), null);
    }
    KeyDeposit deposit = KeyDeposit.of(gateway, key);
    Identity identity;
    try {
      identity = identity(key);
    } catch (Refusal e) {
      return new KeyVerdict(key, null, null, e.problem(), deposit);
    }
    if (identity == null) {
      return new KeyVerdict(key, null, null, null, deposit);
    }
    String name = GatewayNames.qualified(key);
    String older = claim(identity, name);
    if (older != null) {
      Problem duplicate =
          new Problem(
              Reasons.DUPLICATE_KEY,
              "spec.material is the same key as that of the older ApiKey "
                  + older
                  + "; give each ApiKey its own");
      return new KeyVerdict(key, null, duplicate, null);
    }
    Owner owner = key.getSpec().owner();
    configs.add(
        new KeyConfig(
            identity.id(),
            identity.sha256(),
            name,
            owner == null ? null : owner.team(),
            owner == null ? null : owner.user(),
            models,
            expiresAt,
            Boolean.TRUE.equals(key.getSpec().disabled())));
    return new KeyVerdict(key, identity.id(), null, null, deposit);
  }

  /** The ApiKey that had this key, or its id, before; null when there is none. */
  private @Nullable String claim(Identity identity, String name) {
    String byHash = ownerByClaim.putIfAbsent(identity.sha256(), name);
    return byHash != null ? byHash : ownerByClaim.putIfAbsent(identity.id(), name);
  }

  private static List<String> allowedModels(ApiKeySpec spec) throws Refusal {
    if (spec.allowedModels() == null) {
      return List.of();
    }
    List<String> models = Present.in(spec.allowedModels()).stream().distinct().toList();
    if (models.isEmpty()) {
      // To the runtime an empty list means all models: surely not what was meant.
      throw new Refusal(
          Reasons.INVALID_MODEL_NAME,
          "spec.allowedModels must name at least one model; remove the field to allow all, or set"
              + " disabled: true to allow none");
    }
    for (String model : models) {
      ModelName.check("spec.allowedModels", model);
    }
    return models;
  }

  private static @Nullable Instant expiresAt(@Nullable String text) throws Refusal {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Refusal(
          Reasons.INVALID_EXPIRY,
          "spec.expiresAt must be a time as RFC 3339 has it, such as 2030-12-31T23:59:59Z");
    }
  }

  /** Null when the operator is yet to mint the key. */
  private @Nullable Identity identity(ApiKey key) throws Refusal {
    Material material = key.getSpec().material();
    if (material == null) {
      return minted(key, key.getMetadata().getName());
    }
    if (Stream.of(
                material.secretName(),
                material.secretRef(),
                material.awsSecretsManager(),
                material.sha256())
            .filter(Objects::nonNull)
            .count()
        != 1) {
      throw new Refusal(
          Reasons.INVALID_MATERIAL,
          "spec.material: exactly one of secretName, secretRef, awsSecretsManager and sha256 must be"
              + " set");
    }
    if (material.awsSecretsManager() != null) {
      return deposited(key);
    }
    if (material.secretName() != null) {
      return minted(key, material.secretName());
    }
    if (material.secretRef() != null) {
      return referenced(key, material.secretRef());
    }
    String sha256 = Objects.requireNonNull(material.sha256());
    if (!SHA256.matcher(sha256).matches()) {
      throw new Refusal(
          Reasons.INVALID_MATERIAL,
          "spec.material.sha256 must be 64 lower-case hex digits, as `printf %s \"$KEY\" | sha256sum` prints them");
    }
    return Identity.ofHash(sha256);
  }

  private @Nullable Identity minted(ApiKey key, String secretName) throws Refusal {
    String namespace = key.getMetadata().getNamespace();
    Secret secret = secrets.secrets().find(namespace, secretName);
    if (secret == null) {
      return null;
    }
    String qualified = namespace + "/" + secretName;
    if (!MintedSecret.belongsTo(secret, key)) {
      throw new Refusal(
          Reasons.SECRET_NOT_OWNED,
          "spec.material.secretName: Secret "
              + qualified
              + " is there already and not of this ApiKey; choose another name, or use"
              + " material.secretRef for a key that exists");
    }
    String text =
        secrets.token(
            "spec.material.secretName",
            namespace,
            new SecretKeyRef(secretName, MintedSecret.KEY_ENTRY));
    MintedKey minted = MintedKey.parse(text);
    if (minted == null) {
      throw new Refusal(
          Reasons.SECRET_VALUE_INVALID,
          "spec.material.secretName: entry "
              + MintedSecret.KEY_ENTRY
              + " of Secret "
              + qualified
              + " is not what was minted; restore it, or delete the Secret to get a new key");
    }
    return new Identity(minted.id(), MintedKey.sha256(minted.key()));
  }

  /** Null when the operator is yet to mint the key into AWS. */
  private @Nullable Identity deposited(ApiKey key) throws Refusal {
    Secret hash = secrets.secrets().find(key.getMetadata().getNamespace(), KeyHash.nameFor(key));
    if (hash == null) {
      return null;
    }
    KeyHash known = KeyHash.read(hash);
    if (known == null || !MintedSecret.belongsTo(hash, key)) {
      throw new Refusal(
          Reasons.SECRET_NOT_OWNED,
          "spec.material.awsSecretsManager: Secret "
              + GatewayNames.qualified(hash)
              + " is not of this ApiKey, which needs the name for the hash of its key; remove it");
    }
    return new Identity(known.id(), known.sha256());
  }

  private Identity referenced(ApiKey key, SecretKeyRef ref) throws Refusal {
    String field = "spec.material.secretRef";
    String namespace = key.getMetadata().getNamespace();
    String text = secrets.token(field, namespace, ref);
    if (text.length() < MIN_KEY_LENGTH) {
      throw new Refusal(
          Reasons.SECRET_VALUE_INVALID,
          field
              + ": entry "
              + ref.key()
              + " of Secret "
              + namespace
              + "/"
              + ref.name()
              + " is shorter than "
              + MIN_KEY_LENGTH
              + " characters; use a longer key");
    }
    return Identity.ofHash(MintedKey.sha256(text));
  }
}
