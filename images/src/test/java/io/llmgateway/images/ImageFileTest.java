package io.llmgateway.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImageFileTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  @Test
  void theSameFilesMakeTheSameImageWhateverTheirTimesAndPlaces() throws Exception {
    String one = build("one", "text", Architecture.AMD64);
    Path other = layer("other", "text");
    Path file = other.resolve("app").resolve("operator.jar");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-29T01:02:03Z")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(image("other", other, Architecture.AMD64)).isEqualTo(one);
    assertThat(build("changed", "other text", Architecture.AMD64)).isNotEqualTo(one);
  }

  @Test
  void theImageSaysHowItRuns() throws Exception {
    build("arm", "text", Architecture.ARM64);
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = Files.newInputStream(directory.resolve("arm.tar"));
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        files.put(e.getName(), tar.readAllBytes());
      }
    }
    JsonNode index = JSON.readTree(files.get("index.json"));
    JsonNode manifest = blob(files, index.path("manifests").get(0));
    JsonNode config = blob(files, manifest.path("config"));

    assertThat(config.path("architecture").asString()).isEqualTo("arm64");
    assertThat(config.path("os").asString()).isEqualTo("linux");
    assertThat(config.at("/config/User").asString()).isEqualTo("65532:65532");
    assertThat(config.at("/config/ExposedPorts").propertyNames()).containsExactly("8080/tcp");
    assertThat(config.at("/config/Entrypoint"))
        .isEqualTo(
            JSON.readTree(
                """
                ["/opt/java/bin/java", "@/app/operator.options", "-jar", "/app/operator.jar"]"""));
    assertThat(config.path("created").asString()).isEqualTo("1970-01-01T00:00:00Z");
  }

  private static JsonNode blob(Map<String, byte[]> files, JsonNode descriptor) {
    return JSON.readTree(
        files.get("blobs/" + descriptor.path("digest").asString().replace(':', '/')));
  }

  private String build(String name, String content, Architecture architecture) throws Exception {
    return image(name, layer(name, content), architecture);
  }

  private Path layer(String name, String content) throws IOException {
    Path layer = directory.resolve(name).resolve("layer");
    Path app = Files.createDirectories(layer.resolve("app"));
    Files.writeString(app.resolve("operator.jar"), content);
    return layer;
  }

  private String image(String name, Path layer, Architecture architecture) throws Exception {
    return new ImageFile(
            "example.com/operator",
            "1.0",
            architecture,
            List.of(layer),
            directory.resolve(name).resolve("cache"))
        .write(Program.OPERATOR, false, directory.resolve(name + ".tar"));
  }
}
