package io.llmgateway.runtime.reload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.table.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDirectoryTest {
  @TempDir Path temporary;
  private Path dir;
  private ConfigDirectory directory;

  @BeforeEach
  void create() throws IOException {
    dir = Files.createDirectory(temporary.resolve("config"));
    directory = new ConfigDirectory(dir);
  }

  @Test
  void a_matching_directory_becomes_tables() throws IOException {
    ConfigFiles.echo().withKey("keys-00.json", "k1", "sk-1").writeTo(dir, "r1");

    Snapshot snapshot = loaded();

    assertThat(snapshot.revision()).isEqualTo("r1");
    assertThat(snapshot.settings().limits().maxInFlight()).isEqualTo(1000);
    assertThat(requireNonNull(snapshot.routes().find("echo")).name()).isEqualTo("default/echo");
    assertThat(snapshot.keys().byHash()).hasSize(1);
  }

  @Test
  void the_same_manifest_is_not_loaded_again() throws IOException {
    ConfigFiles.echo().writeTo(dir, "r1");
    loaded();

    assertThat(directory.load()).isEqualTo(new LoadResult.Unchanged());
  }

  @Test
  void files_that_the_manifest_does_not_name_are_ignored() throws IOException {
    ConfigFiles.echo().writeTo(dir, "r1");
    Files.writeString(dir.resolve("keys-77.json"), "no JSON");
    Files.writeString(dir.resolve("notes.txt"), "hello");

    assertThat(loaded().keys().byHash()).isEmpty();
  }

  @Test
  void a_truncated_shard_is_waited_for() throws IOException {
    ConfigFiles.echo().writeTo(dir, "r1");
    Files.writeString(dir.resolve("routes-00.json"), ConfigFiles.ECHO_ROUTE.substring(0, 40));

    LoadResult.Refused refused = refused();

    assertThat(refused.incomplete()).isTrue();
    assertThat(refused.problem().file()).isEqualTo("routes-00.json");
    assertThat(refused.problem().message()).contains("SHA-256").contains("40 bytes");
  }

  @Test
  void a_missing_shard_is_waited_for_and_loaded_when_it_comes() throws IOException {
    ConfigFiles files = ConfigFiles.echo();
    files.writeTo(dir, "r1");
    Files.delete(dir.resolve("routes-00.json"));

    assertThat(refused().problem().toString()).isEqualTo("routes-00.json: is not there (yet)");

    ConfigFiles.write(dir, "routes-00.json", files.content("routes-00.json"));
    assertThat(loaded().revision()).isEqualTo("r1");
  }

  @Test
  void a_new_manifest_before_its_shards_is_waited_for() throws IOException {
    ConfigFiles.echo().writeTo(dir, "r1");
    loaded();
    ConfigFiles next = ConfigFiles.echo().withKey("keys-00.json", "k1", "sk-1");
    ConfigFiles.write(dir, "manifest.json", next.manifest("r2"));

    assertThat(refused().incomplete()).isTrue();

    ConfigFiles.write(dir, "keys-00.json", next.content("keys-00.json"));
    assertThat(loaded().revision()).isEqualTo("r2");
  }

  @Test
  void new_shards_before_their_manifest_change_nothing() throws IOException {
    ConfigFiles files = ConfigFiles.echo();
    files.writeTo(dir, "r1");
    loaded();
    ConfigFiles next = ConfigFiles.echo().withKey("keys-00.json", "k1", "sk-1");
    ConfigFiles.write(dir, "keys-00.json", next.content("keys-00.json"));

    assertThat(directory.load()).isEqualTo(new LoadResult.Unchanged());

    ConfigFiles.write(dir, "manifest.json", next.manifest("r2"));
    assertThat(loaded().keys().byHash()).hasSize(1);
  }

  @Test
  void an_empty_directory_is_waited_for() {
    assertThat(refused().problem().file()).isEqualTo("manifest.json");
    assertThat(refused().incomplete()).isTrue();
  }

  @Test
  void another_schema_version_is_refused_with_both_numbers() throws IOException {
    ConfigFiles.write(
        dir, "manifest.json", "{\"schemaVersion\": 9, \"revision\": 5, \"shards\": []}");

    assertThat(refused().problem().toString())
        .startsWith("manifest.json: schemaVersion: is 9, and this gateway reads 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.json", "/etc/passwd", "keys-00.json/..", "policy-00.json"})
  void a_manifest_that_names_an_unknown_file_is_refused(String name) throws IOException {
    ConfigFiles files = ConfigFiles.echo();
    files.writeTo(dir, "r1");
    ConfigFiles.write(
        dir,
        "manifest.json",
        files
            .manifest("r2")
            .replace("{\"gateway.json\"", "{\"" + name + "\": \"x\", \"gateway.json\""));

    assertThat(refused().incomplete()).isFalse();
    assertThat(refused().problem().field()).isEqualTo("shards");
  }

  @Test
  void a_file_beyond_the_bound_is_refused() throws IOException {
    ConfigFiles.echo()
        .with("keys-00.json", "x".repeat(ShardReader.MAX_FILE_BYTES + 1))
        .writeTo(dir, "r1");

    assertThat(refused().problem().toString())
        .isEqualTo("keys-00.json: is larger than 16777216 bytes");
  }

  @Test
  void a_parse_error_says_where_and_quotes_nothing() throws IOException {
    ConfigFiles.echo()
        .with("credentials.json", "{\"credentials\": {\"azure\": sk-very-secret}}")
        .writeTo(dir, "r1");

    LoadResult.Refused refused = refused();

    assertThat(refused.problem().toString())
        .startsWith("credentials.json: ")
        .contains("line 1, column 2")
        .doesNotContain("secret");
  }

  @Test
  void a_value_of_the_wrong_type_is_named_by_its_field() throws IOException {
    ConfigFiles.echo()
        .with("gateway.json", ConfigFiles.SETTINGS.replace("\"PT60S\"", "\"a minute\""))
        .writeTo(dir, "r1");

    assertThat(refused().problem().field()).isEqualTo("limits.requestTimeout");
    assertThat(refused().problem().message()).doesNotContain("minute");
  }

  @Test
  void settings_out_of_range_are_refused_by_field() throws IOException {
    ConfigFiles.echo()
        .with("gateway.json", ConfigFiles.SETTINGS.replace("1048576", "0"))
        .writeTo(dir, "r1");

    assertThat(refused().problem().toString())
        .isEqualTo("gateway.json: limits.maxBodyBytes: must be above 0");
  }

  @Test
  void of_ten_thousand_keys_a_change_of_one_reads_one_shard() throws IOException {
    ConfigFiles files = ConfigFiles.echo();
    for (int shard = 0; shard < 50; shard++) {
      files.with("keys-%02d.json".formatted(shard), keys(shard, 200));
    }
    files.writeTo(dir, "r1");
    Snapshot before = loaded();
    long read = directory.filesRead();

    files.with("keys-07.json", keys(7, 199)).writeTo(dir, "r2");
    Snapshot after = loaded();

    assertThat(before.keys().byHash()).hasSize(10_000);
    assertThat(after.keys().byHash()).hasSize(9_999);
    assertThat(directory.filesRead() - read).isEqualTo(1);
    assertThat(after.routes()).isSameAs(before.routes());
  }

  @Test
  void what_arrived_of_a_half_new_directory_is_read_once() throws IOException {
    ConfigFiles files = ConfigFiles.echo().withKey("keys-00.json", "k1", "sk-1");
    files.writeTo(dir, "r1");
    loaded();
    long read = directory.filesRead();
    files.withKey("keys-00.json", "k2", "sk-2").withKey("keys-01.json", "k3", "sk-3");
    ConfigFiles.write(dir, "manifest.json", files.manifest("r2"));
    ConfigFiles.write(dir, "keys-00.json", files.content("keys-00.json"));
    refused();
    refused();
    ConfigFiles.write(dir, "keys-01.json", files.content("keys-01.json"));

    assertThat(loaded().keys().byHash()).hasSize(2);
    assertThat(directory.filesRead() - read).isEqualTo(2);
  }

  private static String keys(int shard, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ConfigFiles.key("k" + shard + "-" + i, "sk-" + shard + "-" + i))
        .collect(Collectors.joining(",", "{\"keys\": [", "]}"));
  }

  private Snapshot loaded() {
    LoadResult result = directory.load();
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    assertThat(((LoadResult.Loaded) result).problems()).isEmpty();
    return ((LoadResult.Loaded) result).snapshot();
  }

  private LoadResult.Refused refused() {
    LoadResult result = directory.load();
    assertThat(result).isInstanceOf(LoadResult.Refused.class);
    return (LoadResult.Refused) result;
  }
}
