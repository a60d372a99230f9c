package io.llmgateway.runtime.reload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.table.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bad part costs that part and is named; the rest is loaded. */
class LeftOutTest {
  private static final String GOOD =
      "{\"name\": \"good\", \"weight\": 1, \"provider\": {\"type\": \"echo\"}}";

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'weight': -1, 'provider': {'type': 'echo'}                                     | .weight",
        "'weight': 1                                                                    |"
            + " .provider",
        "'weight': 1, 'provider': {'type': 'echo'}, 'credential': 'gone'                |"
            + " .credential",
        "'weight': 1, 'provider': {'type': 'echo'}, 'credential': 'broken'              |"
            + " .credential",
        "'weight': 1, 'provider': {'type': 'openai', 'baseUrl': 'http://h'}             |"
            + " .provider.system",
        "'weight': 1, 'provider': {'type': 'openai', 'system': 's'}                     |"
            + " .provider.baseUrl",
        "'weight': 1, 'provider': {'type': 'openai', 'system': 's', 'baseUrl': 'h/v1'}  |"
            + " .provider.baseUrl",
        "'weight': 1, 'provider': {'type': 'openai', 'system': 's', 'baseUrl': 'ftp://h'} |"
            + " .provider.baseUrl",
        "'weight': 1, 'provider': {'type': 'openai', 'system': 's', 'baseUrl': 'http://h:99999'} |"
            + " .provider.baseUrl",
        "'weight': 1, 'provider': {'type': 'openai', 'system': 's', 'baseUrl': 'http://u:p@h'} |"
            + " .provider.baseUrl",
        "'weight': 1, 'provider': {'type': 'openai', 'system': 's', 'baseUrl': 'http://h',"
            + " 'caCertificates': 'x'} | .provider.caCertificates",
        "'weight': 1, 'provider': {'type': 'gemini'}                                    |"
            + " .provider.baseUrl",
        "'weight': 1, 'provider': {'type': 'gemini', 'baseUrl': 'http://h'}, 'credential': 'broken'"
            + " | .credential",
        "'weight': 1, 'provider': {'type': 'vertex_ai', 'location': 'l', 'baseUrl': 'http://h'} |"
            + " .provider.project",
        "'weight': 1, 'provider': {'type': 'vertex_ai', 'project': 'p', 'baseUrl': 'http://h'} |"
            + " .provider.location",
        "'weight': 1, 'provider': {'type': 'vertex_ai', 'project': 'p', 'location': 'l'} |"
            + " .provider.baseUrl",
        "'weight': 1, 'provider': {'type': 'vertex_ai', 'project': 'p', 'location': 'l', 'baseUrl':"
            + " 'http://h'}, 'credential': 'gone' | .credential",
      })
  void a_backend_that_cannot_be_called_is_left_out_by_field(String json, String field)
      throws IOException {
    String bad = "{\"name\": \"bad\", " + json.trim().replace('\'', '"') + "}";

    LoadResult.Loaded loaded =
        load(
            ConfigFiles.echo()
                .with("credentials.json", "{\"credentials\": {\"broken\": \"a\\r\\nb: secret\"}}")
                .with("routes-00.json", route("[\"m\"]", bad + ", " + GOOD)));

    assertThat(loaded.problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.file()).isEqualTo("routes-00.json");
              assertThat(p.field()).isEqualTo("routes[0].backends[0]" + field);
              assertThat(p.message()).contains("the backend is left out");
              assertThat(p.toString()).doesNotContain("secret");
            });
    assertThat(requireNonNull(loaded.snapshot().routes().find("m")).backends())
        .extracting(b -> b.name())
        .containsExactly("good");
  }

  @Test
  void a_route_without_a_backend_that_gets_requests_keeps_its_models() throws IOException {
    LoadResult.Loaded loaded =
        load(
            ConfigFiles.echo()
                .with("routes-01.json", route("[\"none\"]", ""))
                .with("routes-02.json", route("[\"idle\"]", GOOD.replace("1", "0"))));

    assertThat(loaded.problems()).isEmpty();
    assertThat(requireNonNull(loaded.snapshot().routes().find("none")).backends()).isEmpty();
    assertThat(requireNonNull(loaded.snapshot().routes().find("idle")).backends()).isEmpty();
  }

  @Test
  void a_route_without_a_name_or_a_model_is_left_out() throws IOException {
    LoadResult.Loaded loaded =
        load(
            ConfigFiles.echo()
                .with("routes-01.json", route("[]", GOOD))
                .with("routes-02.json", "{\"routes\": [{\"models\": [\"m\"]}, null]}"));

    assertThat(loaded.problems())
        .extracting(p -> p.file() + " " + p.field())
        .containsExactly(
            "routes-01.json routes[0].models",
            "routes-02.json routes[0].name",
            "routes-02.json routes[1].name");
    assertThat(loaded.snapshot().routes().exact()).containsOnlyKeys("echo");
  }

  @Test
  void a_model_of_two_routes_stays_with_the_first() throws IOException {
    LoadResult.Loaded loaded =
        load(
            ConfigFiles.echo()
                .with("routes-01.json", route("[\"echo\", \"mine\", \"a*b\", \"c-*\"]", GOOD)));

    assertThat(loaded.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "routes-01.json: routes[0].models[0]: is default/echo's already, which keeps it",
            "routes-01.json: routes[0].models[2]: must be a name, exact or with one * at its end;"
                + " it is left out");
    assertThat(requireNonNull(loaded.snapshot().routes().find("echo")).name())
        .isEqualTo("default/echo");
    assertThat(requireNonNull(loaded.snapshot().routes().find("c-3")).name())
        .isEqualTo("default/r");
  }

  @ParameterizedTest
  @CsvSource({
    "id, keys[0].id",
    "name, keys[0].name",
    "sha256, keys[0].sha256",
    "allowedModels, keys[0].allowedModels"
  })
  void a_key_that_lacks_what_it_needs_is_left_out(String lacking, String field) throws IOException {
    String good = ConfigFiles.key("k1", "sk-1");
    String bad = ConfigFiles.key("k2", "sk-2").replace("\"" + lacking + "\"", "\"x\"");

    LoadResult.Loaded loaded =
        load(ConfigFiles.echo().with("keys-00.json", "{\"keys\": [" + bad + "," + good + "]}"));

    assertThat(loaded.problems()).singleElement().extracting(Problem::field).isEqualTo(field);
    assertThat(loaded.snapshot().keys().byHash().values())
        .extracting(k -> k.id())
        .containsExactly("k1");
  }

  @Test
  void a_hash_that_is_none_is_left_out() throws IOException {
    String upper = ConfigFiles.key("k1", "sk-1").replaceAll("\"[0-9a-f]{64}\"", "\"ABC\"");

    LoadResult.Loaded loaded =
        load(ConfigFiles.echo().with("keys-00.json", "{\"keys\": [" + upper + "]}"));

    assertThat(loaded.problems())
        .extracting(Problem::message)
        .containsExactly("must be 64 lower-case hex digits; the key is left out");
  }

  @Test
  void a_hash_of_two_keys_stays_with_the_first() throws IOException {
    LoadResult.Loaded loaded =
        load(
            ConfigFiles.echo()
                .withKey("keys-00.json", "first", "sk-same")
                .withKey("keys-01.json", "second", "sk-same"));

    assertThat(loaded.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "keys-01.json: keys[0].sha256: is also the hash of default/first, which keeps it;"
                + " default/second is left out");
    assertThat(loaded.snapshot().keys().byHash().values())
        .extracting(k -> k.id())
        .containsExactly("first");
  }

  @Test
  void a_changed_credential_reaches_routes_that_did_not_change() throws IOException {
    Path dir = Files.createDirectory(temporary.resolve("config"));
    ConfigDirectory directory = new ConfigDirectory(dir);
    ConfigFiles files =
        ConfigFiles.echo()
            .with(
                "routes-00.json",
                route("[\"m\"]", GOOD.replace("\"weight\"", "\"credential\": \"c\", \"weight\"")));
    files.with("credentials.json", "{\"credentials\": {\"c\": \"old\"}}").writeTo(dir, "r1");
    directory.load();

    files.with("credentials.json", "{\"credentials\": {\"c\": \"new\"}}").writeTo(dir, "r2");
    Snapshot snapshot = ((LoadResult.Loaded) directory.load()).snapshot();

    assertThat(requireNonNull(snapshot.routes().find("m")).backends().getFirst().credential())
        .isEqualTo("new");
  }

  private static String route(String models, String backends) {
    return "{\"routes\": [{\"name\": \"default/r\", \"models\": %s, \"backends\": [%s]}]}"
        .formatted(models, backends);
  }

  private LoadResult.Loaded load(ConfigFiles files) throws IOException {
    Path dir = Files.createDirectory(temporary.resolve("config"));
    files.writeTo(dir, "r1");
    return (LoadResult.Loaded) new ConfigDirectory(dir).load();
  }
}
