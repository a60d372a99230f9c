package io.llmgateway.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the kernel does with a connection that nothing comes on. */
class KeepAliveTest {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String ESTABLISHED = "01";
  private static final String KEEP_ALIVE = "02";

  @Test
  void aSilentClientIsAskedWithinAMinuteWhetherItIsStillThere() {
    assumeTrue(Files.isReadable(TABLES.getFirst()), "the kernel's timers are only seen on Linux");
    try (TestGateway gateway = new TestGateway.Builder().echo("m").start();
        RawClient client = gateway.client()) {
      assertThat(client.get("/v1/models").reply().status()).isEqualTo(200);
      gateway.record();

      // Until the reply is acknowledged, the timer is that of another try.
      await()
          .untilAsserted(
              () ->
                  assertThat(timers(gateway.server().port()))
                      .singleElement()
                      .asString()
                      .startsWith(KEEP_ALIVE + ":"));
      String timer = timers(gateway.server().port()).getFirst();
      assertThat(Long.parseLong(timer.substring(timer.indexOf(':') + 1), 16) / 100.0)
          .as("seconds")
          .isBetween(1.0, 60.0);
    }
  }

  /** Kind and hundredths of a second, in the columns that the kernel's proc_net_tcp names. */
  private static List<String> timers(int port) {
    String local = String.format(Locale.ROOT, ":%04X", port);
    return TABLES.stream()
        .filter(Files::isReadable)
        .flatMap(KeepAliveTest::lines)
        .map(line -> line.trim().split("\\s+"))
        .filter(row -> row[1].endsWith(local) && row[3].equals(ESTABLISHED))
        .map(row -> row[5])
        .toList();
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
