package io.llmgateway.localcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SecretFilesTest {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Map<String, String> SECRETS =
      Map.of("one", "data: {a.json: b25l}", "pair", "data: {tls.crt: Yw==, tls.key: aw==}");

  @Test
  void everyEntryOfEverySourceIsAFile() throws IOException {
    var files =
        of(
            """
            defaultMode: 288
            sources:
            - secret: {name: one}
            - secret: {name: absent, optional: true}
            - secret: {name: pair, items: [{key: tls.key, path: tls/tls.key, mode: 256}]}
            """);

    assertThat(files.missing()).isNull();
    assertThat(files.files()).containsOnlyKeys("a.json", "tls/tls.key");
    assertThat(file(files, "a.json").content()).asString().isEqualTo("one");
    assertThat(file(files, "a.json").mode()).isEqualTo(0440);
    assertThat(file(files, "tls/tls.key").mode()).isEqualTo(0400);
  }

  @Test
  void aRequiredSecretOrEntryIsMissed() throws IOException {
    assertThat(of("sources: [{secret: {name: absent}}]").missing())
        .isEqualTo("secret \"absent\" not found");
    assertThat(of("sources: [{secret: {name: one, items: [{key: b, path: b}]}}]").missing())
        .isEqualTo("secret \"one\": references non-existent secret key: b");
    assertThat(
            of("sources: [{secret: {name: one, optional: true, items: [{key: b, path: b}]}}]")
                .files())
        .isEmpty();
  }

  private static SecretFiles.File file(SecretFiles files, String path) {
    return Objects.requireNonNull(files.files().get(path), path);
  }

  private static SecretFiles of(String projected) throws IOException {
    return SecretFiles.of(
        YAML.readTree(projected),
        name -> {
          try {
            var secret = SECRETS.get(name);
            return secret == null ? null : (JsonNode) YAML.readTree(secret);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }
}
