package io.llmgateway.runtime.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {
  private static Backend backend(String name, int weight) {
    return new Backend(name, weight, new ProviderConfig.Echo(), null, null);
  }

  @Test
  void requests_are_shared_out_by_weight() {
    List<Backend> backends =
        List.of(backend("a", 70), backend("off", 0), backend("b", 20), backend("c", 10));
    SplittableRandom random = new SplittableRandom(11);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      counts.merge(
          Objects.requireNonNull(BackendChoice.pick(backends, random)).name(), 1, Integer::sum);
    }

    // Five standard deviations of a binomial distribution are 725 of the 70,000.
    assertThat(counts.get("a")).isCloseTo(70_000, Offset.offset(725));
    assertThat(counts.get("b")).isCloseTo(20_000, Offset.offset(640));
    assertThat(counts.get("c")).isCloseTo(10_000, Offset.offset(480));
    assertThat(counts).doesNotContainKey("off");
  }

  @Test
  void without_weight_there_is_none() {
    SplittableRandom random = new SplittableRandom(12);
    assertThat(BackendChoice.pick(List.of(), random)).isNull();
    assertThat(BackendChoice.pick(List.of(backend("a", 0)), random)).isNull();
  }

  @Test
  void the_largest_weights_do_not_overflow() {
    SplittableRandom random = new SplittableRandom(13);
    List<Backend> backends =
        List.of(backend("a", Integer.MAX_VALUE), backend("b", Integer.MAX_VALUE));
    for (int i = 0; i < 1000; i++) {
      assertThat(BackendChoice.pick(backends, random)).isNotNull();
    }
  }
}
