package io.llmgateway.operator.app;

import io.llmgateway.operator.compile.AwsCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The command line and the environment of the operator as a process of its own. */
public final class OperatorOptions {
  private static final String IN_CLUSTER = "KUBERNETES_SERVICE_HOST";

  private OperatorOptions() {}

  /** One option; also read from the environment, where the command line does not have it. */
  enum Option {
    KUBECONFIG(
        "FILE",
        "`KUBECONFIG`, then `~/.kube/config`, then the service account of the pod",
        "Which cluster."),
    HTTP_PORT(
        "PORT",
        "8080",
        "Port of `/actuator/health` and `/actuator/prometheus`; 0 takes a free one."),
    LEADER_ELECT(
        "true|false",
        "`true` in a pod, else `false`",
        "Wait for the Lease `llmgateway-operator`, so that one of several operators works."),
    LEASE_NAMESPACE(
        "NAME", "that of the pod, or of the kubeconfig's context", "Namespace of that Lease."),
    INSTALL_CRDS("true|false", "`false`", "Create or update the CRDs first."),
    DEFAULT_IMAGE(
        "IMAGE",
        "`ghcr.io/llmgateway/gateway-runtime` with the operator's own version",
        "Proxy image of a gateway that names none, with tag or digest."),
    OIDC_PROVIDER_ARN(
        "ARN",
        "none",
        "IAM's OIDC provider for the tokens of this cluster, for `aws.irsa.managed`."),
    EKS_CLUSTER_ARN("ARN", "none", "This cluster, for `aws.podIdentity`."),
    PERMISSIONS_BOUNDARY_ARN(
        "ARN", "none", "Policy of IAM that bounds what the roles made for gateways can allow.");

    final String value;
    final String byDefault;
    final String meaning;

    Option(String value, String byDefault, String meaning) {
      this.value = value;
      this.byDefault = byDefault;
      this.meaning = meaning;
    }

    String flag() {
      return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code KUBECONFIG} itself is read by the client, which knows that it may be a list. */
    @Nullable String variable() {
      return this == KUBECONFIG ? null : "LLMGATEWAY_" + name();
    }
  }

  /**
   * @param version of this operator
   * @throws IllegalArgumentException for what cannot be understood; the message names the option
   */
  public static OperatorSettings parse(
      List<String> arguments, Map<String, String> environment, String version) {
    Map<Option, String> given = new EnumMap<>(Option.class);
    for (Option option : Option.values()) {
      String value = option.variable() == null ? null : environment.get(option.variable());
      if (value != null && !value.isBlank()) {
        given.put(option, value);
      }
    }
    for (String argument : arguments) {
      read(argument, given);
    }
    String kubeconfig = given.get(Option.KUBECONFIG);
    return new OperatorSettings(
        kubeconfig == null ? null : Path.of(kubeconfig),
        port(given.getOrDefault(Option.HTTP_PORT, "8080")),
        flag(Option.LEADER_ELECT, given, environment.containsKey(IN_CLUSTER)),
        given.get(Option.LEASE_NAMESPACE),
        flag(Option.INSTALL_CRDS, given, false),
        Objects.requireNonNullElse(
            given.get(Option.DEFAULT_IMAGE), "ghcr.io/llmgateway/gateway-runtime:" + version),
        new AwsCluster(
            given.get(Option.OIDC_PROVIDER_ARN),
            given.get(Option.EKS_CLUSTER_ARN),
            given.get(Option.PERMISSIONS_BOUNDARY_ARN)));
  }

  /** One line for each option. */
  static List<String> usage() {
    List<String> lines = new ArrayList<>();
    for (Option option : Option.values()) {
      lines.add(option.flag() + "=" + option.value + "  " + option.meaning);
    }
    return lines;
  }

  private static void read(String argument, Map<Option, String> given) {
    int equals = argument.indexOf('=');
    String flag = equals < 0 ? argument : argument.substring(0, equals);
    for (Option option : Option.values()) {
      if (option.flag().equals(flag)) {
        String value = equals < 0 ? "" : argument.substring(equals + 1);
        if (value.isBlank()) {
          throw new IllegalArgumentException(flag + " needs a value: " + flag + "=" + option.value);
        }
        given.put(option, value);
        return;
      }
    }
    throw new IllegalArgumentException(
        flag + " is no option; there are:\n  " + String.join("\n  ", usage()));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        Option.HTTP_PORT.flag() + " must be a number from 0 to 65535, not " + text);
  }

  private static boolean flag(Option option, Map<Option, String> given, boolean byDefault) {
    String text = given.get(option);
    return switch (text) {
      case null -> byDefault;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(option.flag() + " must be true or false, not " + text);
    };
  }
}
