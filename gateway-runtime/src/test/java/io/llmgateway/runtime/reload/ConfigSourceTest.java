package io.llmgateway.runtime.reload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
  @TempDir Path temporary;
  private final SteppedClock clock = new SteppedClock();
  private Path dir;
  private ConfigSource source;

  @BeforeEach
  void create() throws IOException {
    dir = Files.createDirectory(temporary.resolve("config"));
    source = new ConfigSource(dir, clock);
  }

  @Test
  void before_the_first_load_there_is_no_snapshot_and_a_reason() {
    source.changed();

    assertThat(source.get()).isNull();
    assertThat(source.status().revision()).isNull();
    assertThat(requireNonNull(source.status().lastError()).file()).isEqualTo("manifest.json");
  }

  @Test
  void the_last_good_snapshot_stays_when_a_shard_breaks() throws IOException {
    ConfigFiles.echo().writeTo(dir, "r1");
    source.changed();
    ConfigFiles.write(dir, "manifest.json", "{\"schemaVersion\": 2}");
    source.changed();
    source.tick();

    assertThat(requireNonNull(source.get()).revision()).isEqualTo("r1");
    assertThat(source.status().revision()).isEqualTo("r1");
    assertThat(requireNonNull(source.status().lastError()).field()).isEqualTo("schemaVersion");
    assertThat(source.status().failures()).isEqualTo(1);
    assertThat(source.status().loads()).isEqualTo(1);
  }

  @Test
  void a_half_new_directory_is_a_failure_only_when_it_stays_so() throws IOException {
    ConfigFiles files = ConfigFiles.echo();
    files.writeTo(dir, "r1");
    source.changed();
    ConfigFiles.write(
        dir, "manifest.json", files.withKey("keys-00.json", "k", "sk").manifest("r2"));
    source.changed();
    assertThat(requireNonNull(source.status().lastError()).file()).isEqualTo("keys-00.json");
    assertThat(source.status().failures()).isZero();

    clock.now = clock.now.plus(ConfigSource.SETTLING);
    source.tick();
    source.tick();

    assertThat(source.status().failures()).isEqualTo(1);
  }

  @Test
  void the_error_goes_when_the_rest_arrives() throws IOException {
    ConfigFiles files = ConfigFiles.echo().withKey("keys-00.json", "k", "sk");
    ConfigFiles.write(dir, "manifest.json", files.manifest("r2"));
    source.changed();
    files.writeTo(dir, "r2");
    clock.now = clock.now.plusSeconds(1);
    source.tick();

    assertThat(source.status())
        .isEqualTo(new ConfigStatus("r2", clock.now, 1, 1, List.of(), null, 1, 0));
  }

  @Test
  void the_error_goes_when_the_old_state_comes_back() throws IOException {
    ConfigFiles files = ConfigFiles.echo();
    files.writeTo(dir, "r1");
    source.changed();
    ConfigFiles.write(dir, "manifest.json", "garbage");
    source.changed();
    assertThat(source.status().lastError()).isNotNull();

    files.writeTo(dir, "r1");
    source.changed();

    assertThat(source.status().lastError()).isNull();
    assertThat(source.status().loads()).isEqualTo(1);
  }

  @Test
  void a_tick_sees_a_changed_manifest_without_any_event() throws IOException {
    ConfigFiles.echo().writeTo(dir, "r1");
    source.changed();
    ConfigFiles.echo().writeTo(dir, "r2");

    source.tick();

    assertThat(requireNonNull(source.get()).revision()).isEqualTo("r2");
  }

  private static final class SteppedClock extends Clock {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
