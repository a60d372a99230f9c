package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Counts the events of one stream, however its bytes are cut. */
final class EventCounter {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private long events;
  private boolean lineIsEmpty = true;
  private int doneMatched;
  private boolean done;

  /** Reads all of it; true when at least one event was completed. */
  boolean feed(ByteBuf part) {
    long before = events;
    while (part.isReadable()) {
      byte b = part.readByte();
      if (b == '\n') {
        if (lineIsEmpty) {
          events++;
        }
        lineIsEmpty = true;
      } else if (b != '\r') {
        lineIsEmpty = false;
      }
      doneMatched = b == DONE[doneMatched] ? doneMatched + 1 : 0;
      if (doneMatched == DONE.length) {
        done = true;
        doneMatched = 0;
      }
    }
    return events > before;
  }

  /** Events so far, with {@code [DONE]}. */
  long events() {
    return events;
  }

  /** {@code [DONE]} has come. */
  boolean done() {
    return done;
  }
}
