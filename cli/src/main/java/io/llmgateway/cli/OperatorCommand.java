package io.llmgateway.cli;

import io.llmgateway.operator.app.OperatorApplication;
import io.llmgateway.operator.app.OperatorOptions;
import io.llmgateway.operator.app.OperatorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code llmgw operator}: the operator as a process of its own, with the options of its jar. */
@Command(
    name = "operator",
    description = "Run the operator here, for the cluster of a kubeconfig.",
    versionProvider = Release.class,
    mixinStandardHelpOptions = true)
final class OperatorCommand implements Callable<Integer> {
  private static final String FLAG = "true|false";

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Which cluster, default: KUBECONFIG, or the one in your home directory.")
  private @Nullable String kubeconfig;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Health and metrics, default 8080; 0 takes a free one.")
  private @Nullable String httpPort;

  @Option(
      names = "--leader-elect",
      paramLabel = FLAG,
      arity = "0..1",
      fallbackValue = "true",
      description = "Work only while holding the Lease llmgateway-operator.")
  private @Nullable String leaderElect;

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAME",
      description = "The namespace of that Lease.")
  private @Nullable String leaseNamespace;

  @Option(
      names = "--install-crds",
      paramLabel = FLAG,
      arity = "0..1",
      fallbackValue = "true",
      description = "Create or update the CustomResourceDefinitions first.")
  private @Nullable String installCrds;

  @Option(
      names = "--default-image",
      paramLabel = "IMAGE",
      description = "The proxy's image of gateways that name none, default: this release's.")
  private @Nullable String defaultImage;

  @Option(
      names = "--oidc-provider-arn",
      paramLabel = "ARN",
      description = "IAM's OIDC provider for the tokens of the cluster, for managed roles.")
  private @Nullable String oidcProviderArn;

  @Option(
      names = "--eks-cluster-arn",
      paramLabel = "ARN",
      description = "The cluster, for EKS Pod Identity.")
  private @Nullable String eksClusterArn;

  @Option(
      names = "--permissions-boundary-arn",
      paramLabel = "ARN",
      description = "Policy of IAM that bounds what the roles made for gateways can allow.")
  private @Nullable String permissionsBoundaryArn;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws UserError, InterruptedException {
    System.setProperty(Llmgw.LOG_LEVEL, "INFO");
    var settings = settings();
    var signals = Signals.await();
    try (var operator = OperatorApplication.start(settings)) {
      spec.commandLine()
          .getErr()
          .println("operator: health and metrics are on port " + operator.httpPort());
      signals.first().await();
    } catch (IllegalStateException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  /** The same reader and the same environment as of the operator's own jar. */
  private OperatorSettings settings() {
    var arguments = new ArrayList<String>();
    add("--kubeconfig", kubeconfig, arguments);
    add("--http-port", httpPort, arguments);
    add("--leader-elect", leaderElect, arguments);
    add("--lease-namespace", leaseNamespace, arguments);
    add("--install-crds", installCrds, arguments);
    add("--default-image", defaultImage, arguments);
    add("--oidc-provider-arn", oidcProviderArn, arguments);
    add("--eks-cluster-arn", eksClusterArn, arguments);
    add("--permissions-boundary-arn", permissionsBoundaryArn, arguments);
    try {
      return OperatorOptions.parse(arguments, System.getenv(), Release.number());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static void add(String name, @Nullable String value, List<String> arguments) {
    if (value != null) {
      arguments.add(name + "=" + value);
    }
  }
}
