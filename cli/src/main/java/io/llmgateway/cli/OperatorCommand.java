package io.llmgateway.cli;

import io.llmgateway.operator.app.OperatorApplication;
import io.llmgateway.operator.app.OperatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code llmgw operator}: the operator, outside the cluster. */
@Command(
    name = "operator",
    description = "Run the operator here, for the cluster of a kubeconfig.",
    versionProvider = Release.class,
    mixinStandardHelpOptions = true)
final class OperatorCommand implements Callable<Integer> {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Which cluster, default: KUBECONFIG, or the one in your home directory.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Health and metrics, default ${DEFAULT-VALUE}.")
  private int port = 8080;

  @Option(
      names = "--install-crds",
      description = "Create or update the CustomResourceDefinitions first.")
  private boolean installCrds;

  @Option(
      names = "--leader-elect",
      description = "Work only while holding the Lease llmgateway-operator.")
  private boolean leaderElection;

  @Option(
      names = "--image",
      description = "The proxy's image of gateways that name none, default: this release's.")
  private String image = Release.image();

  @Override
  public Integer call() throws UserError, InterruptedException {
    if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
      throw new UserError("--kubeconfig " + kubeconfig + ": there is no such file");
    }
    var ended = Signals.await();
    try (var operator =
        OperatorApplication.start(
            new OperatorSettings(kubeconfig, port, leaderElection, null, installCrds, image))) {
      System.out.println("operator: health and metrics on port " + operator.httpPort());
      ended.first().await();
    } catch (IllegalStateException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
    return 0;
  }
}
