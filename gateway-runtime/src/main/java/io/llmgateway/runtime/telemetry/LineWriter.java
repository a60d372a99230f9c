package io.llmgateway.runtime.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands lines to one thread that writes them, many at once. Giving a line never waits for the
 * output: when that is slow and the buffer is full, the line is given up and counted.
 */
final class LineWriter implements AutoCloseable {
  /** Half of it is some thousand lines. */
  static final int CAPACITY = 512 << 10;

  /** Lines that come in meanwhile are written together. */
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final OutputStream out;
  private final Thread thread;
  private final Object lock = new Object();
  private byte[] filling = new byte[CAPACITY];
  private byte[] writing = new byte[CAPACITY];
  private int filled;
  private boolean idle;
  private long dropped;
  private volatile boolean closed;

  LineWriter(OutputStream out) {
    this.out = out;
    this.thread = Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
    thread.start();
  }

  /** Takes whole lines; copies them. */
  void write(byte[] bytes, int length) {
    boolean wake;
    synchronized (lock) {
      if (length > CAPACITY - filled) {
        dropped++;
        return;
      }
      System.arraycopy(bytes, 0, filling, filled, length);
      boolean wasBelowHalf = filled < CAPACITY / 2;
      filled += length;
      wake = idle || (wasBelowHalf && filled >= CAPACITY / 2);
      idle = false;
    }
    if (wake) {
      LockSupport.unpark(thread);
    }
  }

  /** Lines given up so far. */
  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /** Writes what is there, but waits for a stuck output no longer than two seconds. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      last = closed;
      int length = swap(!last);
      if (length > 0) {
        writeOut(length);
      }
      if (!last && !closed) {
        pause(length > 0);
      }
    }
  }

  /** Without traffic the thread sleeps until the first line. */
  private void pause(boolean busy) {
    if (busy) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
    } else {
      LockSupport.park(this);
    }
  }

  private int swap(boolean mayIdle) {
    synchronized (lock) {
      int length = filled;
      byte[] full = filling;
      filling = writing;
      writing = full;
      filled = 0;
      idle = mayIdle && length == 0;
      return length;
    }
  }

  private void writeOut(int length) {
    try {
      out.write(writing, 0, length);
      out.flush();
    } catch (IOException e) {
      // Nobody reads standard output any more; requests matter more than their log.
      synchronized (lock) {
        for (int i = 0; i < length; i++) {
          dropped += writing[i] == '\n' ? 1 : 0;
        }
      }
    }
  }
}
