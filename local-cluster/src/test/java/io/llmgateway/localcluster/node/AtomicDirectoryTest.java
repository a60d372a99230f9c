package io.llmgateway.localcluster.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.localcluster.node.SecretFiles.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
  @TempDir Path temp;
  private Path volume;
  private AtomicDirectory directory;

  @BeforeEach
  void empty() {
    volume = temp.resolve("config");
    directory = new AtomicDirectory(volume);
  }

  @Test
  void filesAreLinksThroughData() throws IOException {
    directory.write(Map.of("a.json", file("1", 0440), "tls/tls.key", file("k", 0400)));

    assertThat(Files.readSymbolicLink(volume.resolve("a.json")))
        .isEqualTo(Path.of("..data/a.json"));
    assertThat(Files.readSymbolicLink(volume.resolve("tls"))).isEqualTo(Path.of("..data/tls"));
    assertThat(volume.resolve("tls/tls.key")).hasContent("k");
    assertThat(permissions("a.json")).isEqualTo("r--r-----");
    assertThat(permissions("tls/tls.key")).isEqualTo("r--------");
  }

  @Test
  void whatIsThereAlreadyIsNotWritten() throws IOException {
    assertThat(directory.write(Map.of("a", file("1", 0440)))).isTrue();
    var target = Files.readSymbolicLink(volume.resolve("..data"));

    assertThat(directory.write(Map.of("a", file("1", 0440)))).isFalse();
    assertThat(Files.readSymbolicLink(volume.resolve("..data"))).isEqualTo(target);
    assertThat(directory.write(Map.of("a", file("1", 0400)))).isTrue();
    assertThat(directory.write(Map.of("a", file("2", 0400)))).isTrue();
    assertThat(volume.resolve("a")).hasContent("2");
  }

  @Test
  void nothingOfTheOldContentIsLeft() throws IOException {
    directory.write(Map.of("a", file("1", 0440), "b", file("1", 0440)));
    // A writer was killed in the middle.
    Files.createDirectories(volume.resolve("..vunfinished"));

    directory.write(Map.of("b", file("2", 0440)));

    assertThat(Files.exists(volume.resolve("a"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    try (Stream<Path> left = Files.list(volume)) {
      assertThat(left.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("..v")))
          .hasSize(1);
    }
  }

  @Test
  void aReaderSeesAllOfOneVersion() throws Exception {
    directory.write(Map.of("a", file("0", 0440), "b", file("0", 0440)));
    var stop = new AtomicBoolean();
    var mixed = new AtomicBoolean();
    var reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    try {
                      var data = volume.resolve("..data").toRealPath();
                      var a = Files.readString(data.resolve("a"));
                      mixed.compareAndSet(false, !a.equals(Files.readString(data.resolve("b"))));
                    } catch (IOException e) {
                      // The directory was swung away between the two; a reader starts again.
                    }
                  }
                });
    for (int i = 1; i < 300; i++) {
      directory.write(Map.of("a", file("" + i, 0440), "b", file("" + i, 0440)));
    }
    stop.set(true);
    reader.join();

    assertThat(mixed).isFalse();
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve(name)));
  }

  private static File file(String content, int mode) {
    return new File(content.getBytes(UTF_8), mode);
  }
}
