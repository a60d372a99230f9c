package io.llmgateway.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
  @Test
  void userAndSystemTimeAreAddedWhateverTheProcessIsCalled() {
    String stat =
        "42 (a) b (c) S 1 42 42 0 -1 4194304 1500 0 3 0 700 55 9 9 20 0 14 0 123456 99 88 77 66";

    assertThat(ProcessUsage.ticks(stat)).isEqualTo(755);
  }

  @Test
  void memoryIsReadByName() throws IOException {
    List<String> status = List.of("VmHWM:\t  2048 kB", "VmRSS:\t  1024 kB");

    assertThat(ProcessUsage.kib(status, "VmRSS")).isEqualTo(1024);
    assertThat(ProcessUsage.kib(status, "VmHWM")).isEqualTo(2048);
    assertThatThrownBy(() -> ProcessUsage.kib(status, "VmSwap")).hasMessageContaining("VmSwap");
  }
}
