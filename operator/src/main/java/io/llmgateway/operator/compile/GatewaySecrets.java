package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.Aws;
import io.llmgateway.api.v1alpha1.AwsSecret;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.SecretSource;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The credentials in {@code spec.secrets}, wherever they come from. */
final class GatewaySecrets {
  private static final String CURRENT = "AWSCURRENT";
  private static final Duration REFRESH = Duration.ofHours(1);
  private static final Duration LEAST_REFRESH = Duration.ofSeconds(10);
  private static final Duration LONGEST_REFRESH = Duration.ofHours(24);

  private final GatewayNames names;
  private final String gateway;
  private final GatewayInputs.Secrets existing;
  private final List<SecretSource> sources;

  GatewaySecrets(GatewayNames names, GatewayInputs.Secrets existing) {
    this.names = names;
    this.gateway = GatewayNames.qualified(names.gateway());
    this.existing = existing;
    this.sources = Present.in(names.gateway().getSpec().secrets());
  }

  /**
   * @param ref in the gateway's namespace
   * @param field that is at fault when the entry is
   * @param hosts that its author lets it go to, besides the provider's own; null: does not say
   */
  record Entry(SecretKeyRef ref, String field, @Nullable List<String> hosts) {}

  /**
   * @param field of the backend, which names the secret
   */
  Entry find(String field, String name) throws Refusal {
    for (SecretSource source : sources) {
      if (name.equals(source.name())) {
        return entry(field, source);
      }
    }
    List<String> all = sources.stream().map(SecretSource::name).sorted().toList();
    throw new Refusal(
        Reasons.CREDENTIAL_NOT_FOUND,
        field
            + ": LlmGateway "
            + gateway
            + " has no "
            + name
            + " in spec.secrets; "
            + (all.isEmpty() ? "it has none" : "it has " + String.join(", ", all)));
  }

  private Entry entry(String field, SecretSource source) throws Refusal {
    String at = field + ", spec.secrets[" + source.name() + "]";
    SecretKeyRef ref = source.secretRef();
    if (Stream.of(ref, source.awsSecretsManager(), source.externalSecret())
            .filter(Objects::nonNull)
            .count()
        != 1) {
      throw new Refusal(
          Reasons.CREDENTIAL_NOT_FOUND,
          at
              + " of LlmGateway "
              + gateway
              + " must have exactly one of secretRef, awsSecretsManager and externalSecret");
    }
    if (ref != null) {
      return new Entry(ref, at + ".secretRef of LlmGateway " + gateway, source.hosts());
    }
    if (source.externalSecret() != null) {
      String external = ExternalSecretObject.nameFor(names.name(), source.name());
      String externalField = at + ".externalSecret of LlmGateway " + gateway;
      if (existing.find(names.namespace(), external) == null) {
        throw new Refusal(
            Reasons.SECRET_NOT_SYNCED,
            externalField
                + ": External Secrets has not written Secret "
                + names.namespace()
                + "/"
                + external
                + " yet; see the ExternalSecret of that name");
      }
      return new Entry(
          new SecretKeyRef(external, ExternalSecretObject.VALUE_ENTRY),
          externalField,
          source.hosts());
    }
    String secret = PulledSecret.nameFor(names, source.name());
    String awsField = at + ".awsSecretsManager of LlmGateway " + gateway;
    if (!isPulled(existing.find(names.namespace(), secret))) {
      throw new Refusal(
          Reasons.SECRET_NOT_SYNCED,
          awsField + " is not pulled yet; see the condition SecretsSynced of that LlmGateway");
    }
    return new Entry(new SecretKeyRef(secret, PulledSecret.VALUE_ENTRY), awsField, source.hosts());
  }

  /** A Secret of that name that somebody else made is none. */
  private boolean isPulled(@Nullable Secret secret) {
    return secret != null && ConfigSecrets.isOwn(names, PulledSecret.COMPONENT, secret);
  }

  /** What is to be pulled, in the order of the spec. */
  List<SecretPull> pulls(List<Problem> problems) {
    Map<String, SecretPull> pulls = new LinkedHashMap<>();
    for (SecretSource source : sources) {
      AwsSecret secret = source.awsSecretsManager();
      if (secret != null) {
        pulls.putIfAbsent(source.name(), pull(source.name(), secret, problems));
      }
    }
    for (String name : List.copyOf(pulls.keySet())) {
      Secret there = existing.find(names.namespace(), PulledSecret.nameFor(names, name));
      if (there != null && !isPulled(there)) {
        problems.add(ConfigSecrets.notOwned(there));
        pulls.remove(name);
      }
    }
    return List.copyOf(pulls.values());
  }

  private SecretPull pull(String name, AwsSecret secret, List<Problem> problems) {
    LlmGatewaySpec spec = names.gateway().getSpec();
    Aws aws = spec.aws();
    String byArn = Arn.region(secret.secretId());
    return new SecretPull(
        name,
        new SecretPull.Source(
            new AwsIdentity(
                byArn != null ? byArn : aws == null ? null : aws.region(),
                aws == null ? null : aws.secretsRoleArn(),
                gateway),
            secret.secretId(),
            Objects.requireNonNullElse(secret.versionStage(), CURRENT),
            secret.jsonKey()),
        refresh(name, secret.refreshInterval(), problems));
  }

  private static Duration refresh(String name, @Nullable String text, List<Problem> problems) {
    if (text == null) {
      return REFRESH;
    }
    Duration interval = Measures.duration(text);
    if (interval != null
        && interval.compareTo(LEAST_REFRESH) >= 0
        && interval.compareTo(LONGEST_REFRESH) <= 0) {
      return interval;
    }
    problems.add(
        new Problem(
            Reasons.INVALID_LIMIT,
            "spec.secrets["
                + name
                + "].awsSecretsManager.refreshInterval must be a duration from 10s to 24h; the"
                + " default, 1h, is in force"));
    return REFRESH;
  }
}
