package io.llmgateway.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapAllocationTest {
  @Test
  void sumsWhatAllThreadsAllocatedInWhateverUnit() {
    String dump =
        """
        "main" #3 [29876] prio=5 os_prio=0 cpu=1015.75ms elapsed=2.42s allocated=3M defined_classes=1500 tid=0x0
        "Reference Handler" #12 [29885] daemon prio=10 cpu=0.51ms elapsed=2.41s allocated=64B defined_classes=0
        "loop" #13 [29886] daemon prio=8 cpu=0.11ms elapsed=2.41s allocated=2K defined_classes=0
        "GC Thread#0" os_prio=0 cpu=0.74ms elapsed=2.41s tid=0x0 nid=29888 runnable
        """;
    assertThat(HeapAllocation.sum(dump)).isEqualTo(3 * 1024 * 1024 + 64 + 2 * 1024);
  }
}
