package io.llmgateway.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.api.v1alpha1.LlmGatewayStatus.ConfigRevision;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final ConfigRevision BEFORE = new ConfigRevision("r1", "r1", 2, 2);
  private static final Report R1 = new Report("r1", true);
  private static final Report R2 = new Report("r2", true);
  private static final Report SILENT = new Report(null, true);

  @Test
  void itIsCompleteOnceEveryReplicaSaysSo() {
    Rollout one = Rollout.of("r2", true, BEFORE, List.of(R2, R1));
    assertThat(one.complete()).isFalse();
    assertThat(one.toStatus()).isEqualTo(new ConfigRevision("r2", "r1", 1, 2));
    Rollout all = Rollout.of("r2", true, BEFORE, List.of(R2, R2));
    assertThat(all.complete()).isTrue();
    assertThat(all.toStatus()).isEqualTo(new ConfigRevision("r2", "r2", 2, 2));
  }

  @Test
  void noReplicaHasAcknowledgedNothing() {
    Rollout none = Rollout.of("r2", true, BEFORE, List.of());
    assertThat(none.complete()).isFalse();
    assertThat(none.toStatus()).isEqualTo(new ConfigRevision("r2", "r1", 0, 0));
  }

  @Test
  void aReplicaWithoutAnswerHasAcknowledgedNothing() {
    assertThat(Rollout.of("r2", true, null, List.of(R2, SILENT)).toStatus())
        .isEqualTo(new ConfigRevision("r2", null, 1, 2));
    assertThat(Rollout.of("r1", true, BEFORE, List.of(R1, SILENT)).acked()).isEqualTo(1);
  }

  @Test
  void whatWasCompleteStaysSoUntilTheReplicasWereAskedAgain() {
    assertThat(Rollout.of("r1", true, BEFORE, List.of(Report.NONE, R1)).complete()).isTrue();
    assertThat(Rollout.of("r2", true, BEFORE, List.of(Report.NONE, R2)).acked()).isEqualTo(1);
    assertThat(Rollout.of("r1", true, BEFORE, List.of(R1, R1, Report.NONE)).acked()).isEqualTo(2);
    ConfigRevision partly = new ConfigRevision("r1", null, 1, 2);
    assertThat(Rollout.of("r1", true, partly, List.of(Report.NONE, R1)).acked()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeWrittenIsNeverComplete() {
    Rollout former = Rollout.of("r1", false, BEFORE, List.of(R1, R1));
    assertThat(former.complete()).isFalse();
    assertThat(former.toStatus()).isEqualTo(BEFORE);
  }

  @Test
  void nothingWrittenAndNothingReportedIsNoAcknowledgement() {
    Rollout nothing = Rollout.of(null, false, null, List.of(SILENT, Report.NONE));
    assertThat(nothing.acked()).isZero();
    assertThat(nothing.complete()).isFalse();
  }
}
