package io.llmgateway.localcluster;

import java.nio.file.Path;
import java.util.Optional;

/** Where {@code kubectl logs} finds what a pod has written. */
@FunctionalInterface
public interface PodLogs {
  /** Nothing here runs pods. */
  PodLogs NONE = (namespace, pod, container) -> Optional.empty();

  /**
   * The file that the container's output is appended to; empty when there is none.
   *
   * @param container empty when the client named none
   */
  Optional<Path> file(String namespace, String pod, String container);
}
