package io.llmgateway.localcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.localcluster.node.PodProcess.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it uses Linux programs")
class PodProcessTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final List<String> SLEEP = List.of("/bin/sleep", "300");

  @TempDir Path directory;
  private final AtomicInteger ends = new AtomicInteger();
  private PodProcess process;

  @BeforeEach
  void start() {
    process = process();
  }

  @AfterEach
  void kill() {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void whoeverComesLaterFindsTheProcessAgain() throws IOException {
    process.start(SLEEP);

    var later = process();
    assertThat(later.adopt()).isEqualTo(Found.RUNNING);
    assertThat(later.pid()).isEqualTo(process.pid());
    assertThat(later.running()).isTrue();
    assertThat(later.collect()).isNull();

    later.end(Duration.ofSeconds(5));
    await().atMost(LONG).until(() -> !later.running());
    assertThat(later.collect()).isNotNull();
    assertThat(later.collect()).as("an end is told once").isNull();
    assertThat(process().adopt()).isEqualTo(Found.NOTHING);
  }

  @Test
  void anEndThatNobodySawIsNoticed() throws IOException {
    process.start(SLEEP);
    ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
    await().atMost(LONG).until(() -> !process.running());

    assertThat(process().adopt()).isEqualTo(Found.ENDED);
    assertThat(process().adopt()).isEqualTo(Found.NOTHING);
  }

  @Test
  void anotherProcessWithThePidIsLeftAlone() throws IOException {
    var self = ProcessHandle.current();
    var started = self.info().startInstant().orElseThrow();
    new ProcessRecord(self.pid(), started.minusSeconds(60), List.of())
        .write(directory.resolve("process.json"));

    assertThat(process().adopt()).isEqualTo(Found.ENDED);
  }

  @Test
  void whoDoesNotEndByItselfIsKilled() throws IOException {
    process.start(List.of("/bin/sh", "-c", "trap '' TERM; while true; do sleep 1; done"));

    await()
        .atMost(LONG)
        .until(
            () -> {
              process.end(Duration.ofMillis(300));
              return !process.running();
            });
    var end = process.collect();
    assertThat(end).isNotNull();
    assertThat(end.exitCode()).isEqualTo(137);
    assertThat(ends.get()).isPositive();
  }

  @Test
  void afterAGoodStartTheNextIsAtOnce() throws IOException {
    process.start(List.of("/bin/true"));
    await().atMost(LONG).until(() -> process.collect() != null);
    assertThat(process.earliestStart()).isBeforeOrEqualTo(Instant.now());

    process.start(List.of("/bin/false"));
    await().atMost(LONG).until(() -> process.collect() != null);
    assertThat(process.earliestStart()).isAfter(Instant.now().minusMillis(200));
  }

  private PodProcess process() {
    return new PodProcess(directory, Clock.systemUTC(), ends::incrementAndGet);
  }
}
