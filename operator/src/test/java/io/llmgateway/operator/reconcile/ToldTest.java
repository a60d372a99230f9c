package io.llmgateway.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.operator.compile.Problem;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final Problem DENIED = new Problem("AwsAccessDenied", "allow it");
  private static final Problem THROTTLED = new Problem("AwsThrottled", "too much");

  @Test
  void theSameProblemIsToldOnceAndThenHardlyEver() {
    Told first = Told.of(null, DENIED);
    assertThat(first.isNews()).isTrue();
    assertThat(Stream.iterate(first, told -> Told.of(told, DENIED)).limit(121).filter(Told::isNews))
        .extracting(Told::again)
        .containsExactly(0, 60, 120);
  }

  @Test
  void anotherProblemIsNews() {
    Told other = Told.of(Told.of(Told.of(null, DENIED), DENIED), THROTTLED);
    assertThat(other.isNews()).isTrue();
    assertThat(Told.of(other, DENIED).isNews()).isTrue();
  }
}
