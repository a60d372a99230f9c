package io.llmgateway.operator.status;

import io.llmgateway.api.v1alpha1.LlmGatewayStatus.ConfigRevision;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a configuration has come among the ready replicas of a gateway.
 *
 * @param desired the revision written last; null before the first
 * @param programmed the newest revision that every replica had in force; null before the first
 * @param current whether {@code desired} is what the resources as they are now compile to
 * @param acked number of replicas that have {@code desired} in force
 * @param total number of ready replicas
 */
public record Rollout(
    @Nullable String desired, @Nullable String programmed, boolean current, int acked, int total) {

  /**
   * What was complete stays so until the replicas have been asked again: after a restart of the
   * operator, that is.
   *
   * @param desired the revision written last; null before the first
   * @param current whether that is what the resources as they are now compile to
   * @param before as published last
   * @param reports one of each ready replica
   */
  public static Rollout of(
      @Nullable String desired,
      boolean current,
      @Nullable ConfigRevision before,
      List<Report> reports) {
    boolean wasComplete =
        before != null
            && Objects.equals(before.desired(), desired)
            && Objects.equals(before.replicasAcked(), before.replicasTotal())
            && Objects.equals(before.replicasTotal(), reports.size());
    int acked =
        (int)
            reports.stream()
                .filter(r -> r.asked() ? isInForce(desired, r) : desired != null && wasComplete)
                .count();
    boolean all = acked > 0 && acked == reports.size();
    String programmed = all ? desired : before == null ? null : before.programmed();
    return new Rollout(desired, programmed, current, acked, reports.size());
  }

  private static boolean isInForce(@Nullable String desired, Report report) {
    return report.revision() != null && report.revision().equals(desired);
  }

  /** Every replica has the resources as they are now. */
  public boolean complete() {
    return current && total > 0 && acked == total;
  }

  ConfigRevision toStatus() {
    return new ConfigRevision(desired, programmed, acked, total);
  }
}
