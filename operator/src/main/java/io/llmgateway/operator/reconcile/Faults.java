package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Which faults of the API server are waited out. */
final class Faults {
  private static final int TOO_MANY_REQUESTS = 429;

  private Faults() {}

  /**
   * Whether an informer tries again; fabric8's own would end for good, and nobody would be told.
   * One that has started always does: what it cannot read now may be mended. One that has not does
   * unless the API server has answered that it will not: then the operator says so, and ends.
   */
  static boolean pass(boolean started, Throwable failure) {
    return started || !isRefusal(failure);
  }

  private static boolean isRefusal(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof KubernetesClientException refused
          && refused.getCode() >= 400
          && refused.getCode() < 500
          && refused.getCode() != TOO_MANY_REQUESTS) {
        return true;
      }
    }
    return false;
  }
}
