package io.llmgateway.operator.compile;

import io.llmgateway.runtime.config.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Whom an IAM role trusts: the pods of exactly one ServiceAccount of one cluster. */
public sealed interface Trust {

  /** ARN of what vouches for the pods. */
  String voucherArn();

  String namespace();

  /** Has the gateway's name. */
  String serviceAccount();

  /** The cluster in the tags by which the operator knows its own. */
  String cluster();

  /** The one statement of the policy but for its effect. */
  Map<String, Object> statement();

  default String partition() {
    return voucherArn().split(":", 6)[1];
  }

  default String account() {
    return voucherArn().split(":", 6)[4];
  }

  /** The hash keeps those of other clusters, and long ones, apart. */
  default String roleName() {
    String readable = "llmgateway-" + namespace() + "-" + serviceAccount();
    String hash =
        Sha256.hex(
                (voucherArn() + "\n" + namespace() + "\n" + serviceAccount())
                    .getBytes(StandardCharsets.UTF_8))
            .substring(0, 10);
    int room = 64 - hash.length() - 1;
    return readable.substring(0, Math.min(room, readable.length())) + "-" + hash;
  }

  default String roleArn() {
    return "arn:" + partition() + ":iam::" + account() + ":role" + ManagedRole.PATH + roleName();
  }

  /** By which the operator knows what it made for these pods. */
  default Map<String, String> tags() {
    return new TreeMap<>(
        Map.of(
            "llmgateway.io/managed-by",
            GatewayNames.MANAGED_BY,
            "llmgateway.io/cluster",
            cluster(),
            "llmgateway.io/gateway",
            namespace() + "/" + serviceAccount()));
  }

  /** At most 2,048 characters, as IAM wants it: every part of it is bounded. */
  default String policy() {
    Map<String, Object> statement = new TreeMap<>(statement());
    statement.put("Effect", "Allow");
    return new JsonMapper()
        .writeValueAsString(
            new TreeMap<>(Map.of("Version", "2012-10-17", "Statement", List.of(statement))));
  }

  /**
   * By tokens of the ServiceAccount (IRSA).
   *
   * @param oidcProviderArn of the cluster, {@code
   *     arn:aws:iam::ACCOUNT:oidc-provider/ISSUER-WITHOUT-SCHEME}
   */
  record OfTokens(String oidcProviderArn, String namespace, String serviceAccount)
      implements Trust {
    @Override
    public String voucherArn() {
      return oidcProviderArn;
    }

    @Override
    public String cluster() {
      return oidcProviderArn.substring(oidcProviderArn.indexOf('/') + 1);
    }

    @Override
    public Map<String, Object> statement() {
      Map<String, String> equal = new TreeMap<>();
      equal.put(cluster() + ":aud", "sts.amazonaws.com");
      equal.put(cluster() + ":sub", "system:serviceaccount:" + namespace + ":" + serviceAccount);
      return Map.of(
          "Principal",
          Map.of("Federated", oidcProviderArn),
          "Action",
          "sts:AssumeRoleWithWebIdentity",
          "Condition",
          Map.of("StringEquals", equal));
    }
  }

  /**
   * By EKS, which tags the sessions with whose they are.
   *
   * @param eksClusterArn {@code arn:aws:eks:REGION:ACCOUNT:cluster/NAME}
   */
  record OfPods(String eksClusterArn, String namespace, String serviceAccount) implements Trust {
    @Override
    public String voucherArn() {
      return eksClusterArn;
    }

    @Override
    public String cluster() {
      return eksClusterArn;
    }

    public String region() {
      return eksClusterArn.split(":", 6)[3];
    }

    public String clusterName() {
      return eksClusterArn.substring(eksClusterArn.indexOf('/') + 1);
    }

    @Override
    public Map<String, Object> statement() {
      Map<String, String> equal = new TreeMap<>();
      equal.put("aws:SourceAccount", account());
      equal.put("aws:RequestTag/eks-cluster-arn", eksClusterArn);
      equal.put("aws:RequestTag/kubernetes-namespace", namespace);
      equal.put("aws:RequestTag/kubernetes-service-account", serviceAccount);
      return Map.of(
          "Principal",
          Map.of("Service", "pods.eks.amazonaws.com"),
          "Action",
          List.of("sts:AssumeRole", "sts:TagSession"),
          "Condition",
          Map.of("StringEquals", equal));
    }
  }
}
