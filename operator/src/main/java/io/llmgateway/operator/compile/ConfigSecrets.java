package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.llmgateway.runtime.config.ConfigWriter;
import io.llmgateway.runtime.config.CredentialShard;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.Manifest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a config directory as Secrets: an entry is a file of the same name. */
final class ConfigSecrets {
  /** The most that the API server takes in one Secret (MaxSecretSize of Kubernetes' core/v1). */
  private static final int MAX_SECRET_BYTES = 1024 * 1024;

  private ConfigSecrets() {}

  /** In the order in which to write them; the manifest is in the last. */
  static List<Secret> of(GatewayNames names, SortedMap<String, byte[]> files, Manifest manifest) {
    List<Secret> secrets = new ArrayList<>();
    files.forEach(
        (file, bytes) -> {
          if (!file.equals(GatewaySettings.FILE)) {
            secrets.add(secret(names, secretName(names, file), Map.of(file, bytes)));
          }
        });
    secrets.add(
        secret(
            names,
            names.configSecret(),
            Map.of(
                Manifest.FILE, ConfigWriter.write(manifest),
                GatewaySettings.FILE, files.getOrDefault(GatewaySettings.FILE, new byte[0]))));
    return secrets;
  }

  /** What keeps these Secrets from being written. */
  static List<Problem> check(
      GatewayNames names, List<Secret> configSecrets, GatewayInputs.Secrets existing) {
    List<Problem> problems = new ArrayList<>();
    for (Secret secret : configSecrets) {
      String name = secret.getMetadata().getName();
      long size =
          secret.getData().values().stream()
              .mapToLong(v -> Base64.getDecoder().decode(v).length)
              .sum();
      if (size > MAX_SECRET_BYTES) {
        problems.add(
            new Problem(
                Reasons.CONFIG_TOO_LARGE,
                "Secret "
                    + name
                    + " would have "
                    + size
                    + " bytes, and a Secret takes "
                    + MAX_SECRET_BYTES
                    + "; spread the routes and keys over more gateways, or shorten their lists of"
                    + " models. The configuration written last stays in force"));
      }
      Secret there = existing.find(names.namespace(), name);
      if (there != null && !isOwn(names, GatewayNames.CONFIG, there)) {
        problems.add(notOwned(there));
      }
    }
    return problems;
  }

  static Problem notOwned(Secret there) {
    return new Problem(
        Reasons.SECRET_NOT_OWNED,
        "Secret "
            + GatewayNames.qualified(there)
            + " is not of this gateway, which needs the name; rename the Secret or the gateway");
  }

  /** Also one that was orphaned: labelled as the gateway's, and owned by nobody. */
  static boolean isOwn(GatewayNames names, String component, Secret secret) {
    List<OwnerReference> owners = secret.getMetadata().getOwnerReferences();
    Map<String, String> labels = Present.in(secret.getMetadata().getLabels());
    String uid = names.gateway().getMetadata().getUid();
    return owners.isEmpty()
        ? labels.entrySet().containsAll(names.selector(component).entrySet())
        : uid != null && owners.stream().map(OwnerReference::getUid).anyMatch(uid::equals);
  }

  private static String secretName(GatewayNames names, String file) {
    return file.equals(CredentialShard.FILE)
        ? names.credentialsSecret()
        : names.shardSecret(file.substring(0, file.length() - ".json".length()));
  }

  private static Secret secret(GatewayNames names, String name, Map<String, byte[]> files) {
    Map<String, String> data = new TreeMap<>();
    files.forEach((file, bytes) -> data.put(file, Base64.getEncoder().encodeToString(bytes)));
    return new SecretBuilder()
        .withMetadata(names.child(name, GatewayNames.CONFIG))
        .withType("Opaque")
        .withData(data)
        .build();
  }
}
