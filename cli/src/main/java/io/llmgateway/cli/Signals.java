package io.llmgateway.cli;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * The wish to end: Ctrl-C, SIGTERM, or the terminal's end.
 *
 * @param first down when it was said
 * @param second down when it was said again
 */
public record Signals(CountDownLatch first, CountDownLatch second) {

  /** From now on the process ends by these only as its code decides. */
  public static Signals await() {
    var signals = new Signals(new CountDownLatch(1), new CountDownLatch(1));
    for (var name : new String[] {"INT", "TERM", "HUP"}) {
      try {
        Signal.handle(new Signal(name), s -> signals.said());
      } catch (IllegalArgumentException e) {
        // Not on this system.
      }
    }
    return signals;
  }

  private void said() {
    if (first.getCount() == 0) {
      second.countDown();
    }
    first.countDown();
  }
}
