package io.llmgateway.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Finds buffers that were dropped without being released; the build runs with every one tracked.
 */
public final class Leaks {
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  static {
    ByteBufUtil.setLeakListener((type, records) -> FOUND.add(type + records));
  }

  private Leaks() {}

  public static void check() {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    System.gc();
    // Leaks are reported when the next buffer is made.
    ByteBufAllocator.DEFAULT.buffer(16).release();
    assertThat(FOUND).isEmpty();
  }
}
