package io.llmgateway.cli.up;

import io.llmgateway.operator.render.Source;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code up} was told.
 *
 * @param sources what to apply; empty: the quickstart, where nothing is yet
 * @param port of the first gateway
 * @param apiPort of the Kubernetes API
 * @param dataDir absolute
 * @param image of a gateway that names none; not pulled here
 */
public record UpSettings(List<Source> sources, int port, int apiPort, Path dataDir, String image) {
  Path kubeconfig() {
    return dataDir.resolve("kubeconfig");
  }

  Path log() {
    return dataDir.resolve("up.log");
  }

  Path node() {
    return dataDir.resolve("node");
  }

  Path cluster() {
    return dataDir.resolve("cluster");
  }
}
