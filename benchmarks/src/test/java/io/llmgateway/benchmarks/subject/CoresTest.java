package io.llmgateway.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoresTest {
  @Test
  void theKernelsListIsRead() {
    assertThat(Cores.parse("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
  }

  @Test
  void withFourCoresTheProxyHasTwoOfItsOwn() {
    Cores cores = Cores.split(List.of(1, 2, 5, 6, 7));

    assertThat(cores.proxy()).containsExactly(1, 2);
    assertThat(cores.load()).containsExactly(5, 6);
    assertThat(cores.shared()).isFalse();
    assertThat(cores.onProxyCores(List.of("nginx")))
        .containsExactly("taskset", "-c", "1,2", "nginx");
  }

  @Test
  void withFewerTheyAreShared() {
    assertThat(Cores.split(List.of(0, 1, 2)).shared()).isTrue();
    assertThat(Cores.split(List.of(3)).proxy()).containsExactly(3);
  }
}
