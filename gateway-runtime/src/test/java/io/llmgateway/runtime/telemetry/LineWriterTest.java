package io.llmgateway.runtime.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LineWriterTest {
  private static final byte[] LINE = "x".repeat(1023).concat("\n").getBytes(US_ASCII);

  @Test
  void a_line_is_written_without_waiting_for_another() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineWriter writer = new LineWriter(out)) {
      writer.write(LINE, LINE.length);

      await().atMost(Duration.ofSeconds(30)).until(() -> out.size() == LINE.length);
    }
  }

  @Test
  void closing_writes_what_is_left() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineWriter writer = new LineWriter(out)) {
      for (int i = 0; i < 100; i++) {
        writer.write(LINE, LINE.length);
      }
    }
    assertThat(out.size()).isEqualTo(100 * LINE.length);
  }

  @Test
  void a_stuck_output_costs_lines_but_never_the_giver_time() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineWriter writer =
        new LineWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("lines are written whole");
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                stuck.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                out.write(bytes, offset, length);
              }
            })) {
      writer.write(LINE, LINE.length);
      stuck.await();
      int fits = LineWriter.CAPACITY / LINE.length;
      for (int i = 0; i < fits + 25; i++) {
        writer.write(LINE, LINE.length);
      }

      assertThat(writer.dropped()).isEqualTo(25);
      release.countDown();
      await().atMost(Duration.ofSeconds(30)).until(() -> out.size() == (1 + fits) * LINE.length);
    }
  }

  @Test
  void lines_that_the_output_refuses_are_counted() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };
    LineWriter writer = new LineWriter(broken);
    writer.write(LINE, LINE.length);
    writer.write(LINE, LINE.length);
    writer.close();

    assertThat(writer.dropped()).isEqualTo(2);
  }
}
