package io.llmgateway.localcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.localcluster.node.Rollout.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {
  @Test
  void startsAllAtOnceAndScalesDownTheYoungest() {
    assertThat(Rollout.plan(3, List.of(), true).create()).isEqualTo(3);

    var pods = List.of(current("a", true, 3), current("b", true, 2), current("c", true, 1));
    assertThat(Rollout.plan(3, pods, true)).isEqualTo(new Rollout(0, List.of()));
    assertThat(Rollout.plan(1, pods, true).delete()).containsExactly("c", "b");
    assertThat(Rollout.plan(0, pods, true).delete()).hasSize(3);
  }

  @Test
  void aPodThatServesNobodyGoesBeforeOneThatDoes() {
    var pods = List.of(current("ready", true, 1), current("not", false, 2));

    assertThat(Rollout.plan(1, pods, true).delete()).containsExactly("not");
  }

  @Test
  void theOldPodStaysUntilTheNewOneIsReady() {
    var old = new Pod("old", false, true, 9);

    assertThat(Rollout.plan(1, List.of(old), true)).isEqualTo(new Rollout(1, List.of()));
    assertThat(Rollout.plan(1, List.of(old, current("new", false, 1)), true))
        .isEqualTo(new Rollout(0, List.of()));
    assertThat(Rollout.plan(1, List.of(old, current("new", true, 1)), true))
        .isEqualTo(new Rollout(0, List.of("old")));
  }

  @Test
  void anOldPodThatServesNobodyIsNotWaitedFor() {
    assertThat(Rollout.plan(1, List.of(new Pod("old", false, false, 9)), true))
        .isEqualTo(new Rollout(1, List.of("old")));
  }

  @Test
  void whereOneProcessHasThePortTheOldOneGoesFirst() {
    var old = new Pod("old", false, true, 9);

    assertThat(Rollout.plan(1, List.of(old), false)).isEqualTo(new Rollout(0, List.of("old")));
    assertThat(Rollout.plan(1, List.of(), false)).isEqualTo(new Rollout(1, List.of()));
  }

  /** Plays the whole rollout: as many as wanted are ready at every step, and it comes to an end. */
  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "5,2", "2,5", "4,0"})
  void neverFewerReadyThanWantedAndBefore(int before, int wanted) {
    var pods = new ArrayList<Pod>();
    for (int i = 0; i < before; i++) {
      pods.add(new Pod("old-" + i, false, true, i));
    }
    int made = 0;
    for (int step = 0; step < 50; step++) {
      var plan = Rollout.plan(wanted, pods, true);
      pods.removeIf(p -> plan.delete().contains(p.name()));
      assertThat(pods.stream().filter(Pod::ready).count())
          .isGreaterThanOrEqualTo(Math.min(before, wanted));
      pods.replaceAll(p -> new Pod(p.name(), p.current(), true, p.age()));
      for (int i = 0; i < plan.create(); i++) {
        pods.add(new Pod("new-" + made++, true, false, -made));
      }
    }
    assertThat(pods).hasSize(wanted).allMatch(Pod::current);
  }

  private static Pod current(String name, boolean ready, long age) {
    return new Pod(name, true, ready, age);
  }
}
