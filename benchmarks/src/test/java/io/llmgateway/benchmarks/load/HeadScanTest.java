package io.llmgateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadScanTest {
  @Test
  void theBodyIsAsLongAsTheHeadSaysInAnyCase() {
    assertThat(scan("HTTP/1.1 200 OK\r\nServer: x\r\ncontent-LENGTH:  643 \r\n\r\nrest"))
        .isEqualTo(new HeadScan(53, 643, false));
  }

  @Test
  void chunkedBodiesAreSeen() {
    assertThat(scan("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
        .isEqualTo(new HeadScan(47, 0, true));
  }

  @Test
  void aHeadWithoutItsEmptyLineIsNotThereYet() {
    assertThat(scan("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n")).isNull();
  }

  @Test
  void anotherHeaderThatBeginsAlikeIsNoLength() {
    assertThat(scan("HTTP/1.1 200 OK\r\nContent-Length-Hint: 9\r\nConnection: x\r\n\r\n"))
        .extracting(HeadScan::contentLength)
        .isEqualTo(0L);
  }

  private static @org.jspecify.annotations.Nullable HeadScan scan(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return HeadScan.of(bytes, bytes.length);
  }
}
