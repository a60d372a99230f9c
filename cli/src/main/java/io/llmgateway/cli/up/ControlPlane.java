package io.llmgateway.cli.up;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmgateway.cli.UserError;
import io.llmgateway.localcluster.LocalCluster;
import io.llmgateway.localcluster.node.LocalNode;
import io.llmgateway.localcluster.node.NodeSettings;
import io.llmgateway.operator.app.OperatorApplication;
import io.llmgateway.operator.app.OperatorSettings;
import io.llmgateway.operator.app.RunningOperator;
import io.llmgateway.operator.compile.AwsCluster;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** API server, node and operator in this process. */
final class ControlPlane implements AutoCloseable {
  /** Longer than any drain time-out that makes sense at a desk. */
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(60);

  private final UpSettings settings;
  private final LocalCluster cluster;
  private final LocalNode node;
  private final KubernetesClient client;
  private volatile @Nullable RunningOperator operator;

  private ControlPlane(UpSettings settings, LocalCluster cluster, LocalNode node) {
    this.settings = settings;
    this.cluster = cluster;
    this.node = node;
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
  }

  /** Starts API server and node: gateways that were applied earlier come up, or run already. */
  static ControlPlane start(UpSettings settings, Home home) throws UserError {
    var clock = Clock.systemUTC();
    var jar = home.runtimeJar();
    var options = home.jvmOptions();
    LocalCluster cluster;
    try {
      cluster =
          LocalCluster.start(
              new LocalCluster.Options(settings.apiPort(), settings.cluster(), clock));
    } catch (BindException e) {
      throw new UserError(
          "port "
              + settings.apiPort()
              + " is taken by another program: stop it, or name another port with --api-port");
    } catch (IllegalStateException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UserError("--data-dir " + settings.dataDir() + ": " + e.getMessage());
    }
    try {
      if (LocalNode.isPortTaken(settings.node(), settings.port())) {
        throw new UserError(
            "port "
                + settings.port()
                + " is taken by another program: stop it, or name another port with --port");
      }
      cluster.writeKubeconfig(settings.kubeconfig());
      var node =
          cluster.startNode(
              new NodeSettings(
                  settings.node(),
                  jar,
                  options,
                  settings.port(),
                  NodeSettings.canSharePorts(),
                  LONGEST_GRACE,
                  clock));
      return new ControlPlane(settings, cluster, node);
    } catch (IOException e) {
      cluster.close();
      throw new UserError("--data-dir " + settings.dataDir() + ": " + e.getMessage());
    } catch (UserError e) {
      cluster.close();
      throw e;
    }
  }

  LocalNode node() {
    return node;
  }

  KubernetesClient client() {
    return client;
  }

  /** Returns when the operator works. The CRDs must be there. */
  void startOperator() {
    operator =
        OperatorApplication.start(
            new OperatorSettings(
                settings.kubeconfig(), 0, false, null, false, settings.image(), AwsCluster.NONE));
  }

  @Override
  public void close() {
    var o = operator;
    if (o != null) {
      o.close();
    }
    client.close();
    node.close();
    cluster.close();
  }
}
