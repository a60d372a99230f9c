package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.Aws;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.runtime.config.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An IAM role that the operator keeps for a gateway.
 *
 * @param trust the issuer of the cluster's tokens, and whose tokens
 * @param uses what it may do, but for what profiles stand for
 */
public record ManagedRole(Trust trust, List<BedrockUse> uses) {
  /** Of all these roles, so that the operator's own permissions can end there. */
  public static final String PATH = "/llmgateway/";

  private static final String PREFIX = "llmgateway-";
  private static final int MAX_NAME = 64;
  private static final int HASH = 10;
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @param oidcProviderArn of the cluster, {@code
   *     arn:aws:iam::ACCOUNT:oidc-provider/ISSUER-WITHOUT-SCHEME}
   */
  public record Trust(String oidcProviderArn, String namespace, String serviceAccount) {

    public String partition() {
      return oidcProviderArn.split(":", 6)[1];
    }

    public String account() {
      return oidcProviderArn.split(":", 6)[4];
    }

    private String issuer() {
      return oidcProviderArn.substring(oidcProviderArn.indexOf('/') + 1);
    }

    /** The hash keeps those of other clusters, and long ones, apart. */
    public String roleName() {
      String readable = PREFIX + namespace + "-" + serviceAccount;
      String hash =
          Sha256.hex(
                  (oidcProviderArn + "\n" + namespace + "\n" + serviceAccount)
                      .getBytes(StandardCharsets.UTF_8))
              .substring(0, HASH);
      int room = MAX_NAME - HASH - 1;
      return readable.substring(0, Math.min(room, readable.length())) + "-" + hash;
    }

    public String roleArn() {
      return "arn:" + partition() + ":iam::" + account() + ":role" + PATH + roleName();
    }

    /** By which the operator knows a role as its own. */
    public Map<String, String> tags() {
      return new TreeMap<>(
          Map.of(
              "llmgateway.io/managed-by",
              GatewayNames.MANAGED_BY,
              "llmgateway.io/cluster",
              issuer(),
              "llmgateway.io/gateway",
              namespace + "/" + serviceAccount));
    }

    /** Trust in exactly that ServiceAccount. */
    public String policy() {
      Map<String, Object> equal =
          new TreeMap<>(
              Map.of(
                  issuer() + ":aud",
                  "sts.amazonaws.com",
                  issuer() + ":sub",
                  "system:serviceaccount:" + namespace + ":" + serviceAccount));
      return JSON.writeValueAsString(
          new TreeMap<>(
              Map.of(
                  "Version",
                  "2012-10-17",
                  "Statement",
                  List.of(
                      new TreeMap<>(
                          Map.of(
                              "Effect",
                              "Allow",
                              "Principal",
                              Map.of("Federated", oidcProviderArn),
                              "Action",
                              "sts:AssumeRoleWithWebIdentity",
                              "Condition",
                              Map.of("StringEquals", equal)))))));
    }
  }

  /** Null when the gateway wants none, or there cannot be one. */
  static @Nullable ManagedRole of(
      GatewayNames names, @Nullable String oidcProviderArn, List<BedrockUse> uses) {
    return isWanted(names.gateway()) && oidcProviderArn != null
        ? new ManagedRole(new Trust(oidcProviderArn, names.namespace(), names.name()), uses)
        : null;
  }

  /** Whether the spec asks for one. */
  public static boolean isWanted(LlmGateway gateway) {
    Aws aws = gateway.getSpec().aws();
    return aws != null && aws.irsa() != null && Boolean.TRUE.equals(aws.irsa().managed());
  }

  /** What must be known before {@link #permissions}. */
  public Set<InferenceProfile.Key> profiles() {
    return uses.stream()
        .filter(use -> use.assumeRoleArn() == null)
        .map(InferenceProfile::of)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /**
   * The policy; null when nothing is to be allowed.
   *
   * @param known those of {@link #profiles} that there are
   */
  public @Nullable String permissions(Map<InferenceProfile.Key, InferenceProfile> known) {
    List<Map<String, Object>> statements =
        new BedrockPermissions(trust.partition(), trust.account(), known).of(uses);
    return statements.isEmpty()
        ? null
        : JSON.writeValueAsString(
            new TreeMap<>(Map.of("Version", "2012-10-17", "Statement", statements)));
  }
}
