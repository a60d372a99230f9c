package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.llmgateway.operator.status.ConditionReasons;
import io.llmgateway.operator.status.Transition;

/** Tells whoever looks at a resource that its reconciliation failed; it is tried again. */
final class Failures {
  private static final int CONFLICT = 409;

  private Failures() {}

  /** An Event for the first failure in a row, and the usual retry. */
  static <R extends HasMetadata> ErrorStatusUpdateControl<R> tell(
      EventRecorder events, R resource, Context<R> context, Exception failure) {
    boolean first = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0) == 0;
    if (first && !isConflict(failure)) {
      events.record(
          resource,
          new Transition(
              true, ConditionReasons.RECONCILE_FAILED, words(failure) + "; it is tried again"));
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** Somebody else wrote at the same time: that mends itself. */
  private static boolean isConflict(Exception failure) {
    return failure instanceof KubernetesClientException e && e.getCode() == CONFLICT;
  }

  /** Only words that are known to hold no secret. */
  private static String words(Exception failure) {
    return switch (failure) {
      case KubernetesClientException e ->
          "the API server refused a request: status "
              + e.getCode()
              + (e.getStatus() == null ? "" : " " + e.getStatus().getReason());
      case IllegalStateException e -> String.valueOf(e.getMessage());
      default -> "the operator failed with " + failure.getClass().getSimpleName();
    };
  }
}
