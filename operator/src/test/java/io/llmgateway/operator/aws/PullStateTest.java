package io.llmgateway.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.operator.compile.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PullStateTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Problem FAILURE = new Problem("AwsThrottled", "m");
  private static final SecretReader.Version ONE = new SecretReader.Version("a", "1");

  @Test
  void whatIsReadIsReadAgainWithinTheInterval() {
    PullState read = PullState.due(START).read(ONE, START, HOUR, 1);
    assertThat(read.next()).isEqualTo(START.plus(HOUR));
    assertThat(PullState.due(START).read(ONE, START, HOUR, 0).next())
        .isEqualTo(START.plus(Duration.ofMinutes(54)));
  }

  @Test
  void failuresAreTriedAgainEverLater() {
    assertThat(waits(HOUR, 1))
        .startsWith(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L)
        .endsWith(300L);
    assertThat(waits(HOUR, 0)).startsWith(1L, 2L, 4L, 8L);
  }

  @Test
  void aSecretThatIsReadOftenIsTriedAsOften() {
    assertThat(waits(Duration.ofSeconds(10), 1)).startsWith(2L, 4L, 8L, 10L, 10L).endsWith(10L);
  }

  @Test
  void aFailureKeepsWhatWasRead() {
    PullState failed =
        PullState.due(START).read(ONE, START, HOUR, 1).failed(FAILURE, START, HOUR, 1);
    assertThat(failed.version()).isEqualTo(ONE);
    assertThat(failed.since()).isEqualTo(START);
    assertThat(failed.failure()).isEqualTo(FAILURE);
  }

  @Test
  void theTimeOfAVersionIsThatOfItsFirstReadingOrTheEndOfAFailure() {
    Instant later = START.plus(HOUR);
    PullState first = PullState.due(START).read(ONE, START, HOUR, 1);
    assertThat(first.read(ONE, later, HOUR, 1).since()).isEqualTo(START);
    assertThat(first.read(new SecretReader.Version("b", "2"), later, HOUR, 1).since())
        .isEqualTo(later);
    assertThat(first.failed(FAILURE, START, HOUR, 1).read(ONE, later, HOUR, 1).since())
        .isEqualTo(later);
  }

  @Test
  void noTextHasTheValue() {
    PullState read =
        PullState.due(START).read(new SecretReader.Version("hidden", "1"), START, HOUR, 1);
    assertThat(read.toString() + Pulled.of("n", read)).doesNotContain("hidden");
  }

  private static List<Long> waits(Duration interval, double jitter) {
    List<Long> waits = new ArrayList<>();
    PullState state = PullState.due(START);
    for (int i = 0; i < 20; i++) {
      state = state.failed(FAILURE, START, interval, jitter);
      waits.add(Duration.between(START, state.next()).toSeconds());
    }
    return waits;
  }
}
