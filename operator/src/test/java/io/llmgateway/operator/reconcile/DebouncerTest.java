package io.llmgateway.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class DebouncerTest {
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();

  @Test
  void manyMarksAreOneCallForEachKey() {
    try (var debouncer =
        new Debouncer<String>(Duration.ofMillis(300), Duration.ofMinutes(1), calls::add)) {
      for (int i = 0; i < 1000; i++) {
        debouncer.mark("a");
        debouncer.mark("b");
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> calls.size() == 2);
      assertThat(calls).containsExactlyInAnyOrder("a", "b");
      debouncer.mark("a");
      await().atMost(Duration.ofSeconds(30)).until(() -> calls.size() == 3);
    }
  }

  @Test
  void marksThatNeverEndAreNotWaitedFor() {
    try (var debouncer =
        new Debouncer<String>(Duration.ofHours(1), Duration.ofMillis(50), calls::add)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                debouncer.mark("a");
                return !calls.isEmpty();
              });
    }
  }

  @Test
  void closedItIgnoresMarks() {
    var debouncer = new Debouncer<String>(Duration.ofMillis(1), Duration.ofMillis(1), calls::add);
    debouncer.close();
    debouncer.mark("a");
    assertThat(calls).isEmpty();
  }
}
