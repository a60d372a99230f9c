package io.llmgateway.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the replicas have a route or a key in force. */
final class Programmed {
  private Programmed() {}

  /**
   * What was in force stays in force while another resource's change is on its way: then a resource
   * whose own generation was acknowledged keeps the condition.
   */
  static Standing of(Rollout rollout, @Nullable List<Condition> before, @Nullable Long generation) {
    if (rollout.total() == 0) {
      return Standing.no(
          ConditionReasons.NO_REPLICAS, "no replica of the gateway is ready to take it");
    }
    if (rollout.complete()
        || ConditionList.wasTrue(before, ConditionTypes.PROGRAMMED, generation)) {
      return Standing.yes(ConditionTypes.PROGRAMMED, "every ready replica has it in force");
    }
    return Standing.no(ConditionReasons.PENDING, "not every ready replica has acknowledged it yet");
  }
}
