package io.llmgateway.runtime.request;

import io.netty.handler.codec.DateFormatter;
import io.netty.util.AsciiString;
import java.time.Clock;
import java.util.Date;

/** The {@code Date} header (RFC 9110, section 6.6.1), formatted once a second. */
final class Dates {
  private final Clock clock;
  private long second = Long.MIN_VALUE;
  private AsciiString text = AsciiString.EMPTY_STRING;

  Dates(Clock clock) {
    this.clock = clock;
  }

  @SuppressWarnings("JavaUtilDate") // what Netty's formatter takes
  AsciiString now() {
    long millis = clock.millis();
    if (millis / 1000 != second) {
      second = millis / 1000;
      text = new AsciiString(DateFormatter.format(new Date(millis)));
    }
    return text;
  }
}
