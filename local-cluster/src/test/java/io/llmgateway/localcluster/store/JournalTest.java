package io.llmgateway.localcluster.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final String KIND = "things";

  @TempDir Path dir;

  private ObjectStore open() throws IOException {
    return new ObjectStore(Journal.in(dir));
  }

  private Path file() {
    return dir.resolve("objects.jsonl");
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(KIND, "ns", name);
  }

  private static ObjectNode thing(String name, String value) {
    var o = new ObjectMapper().createObjectNode().put("value", value);
    o.putObject("metadata").put("namespace", "ns").put("name", name).put("uid", "uid-" + name);
    return o;
  }

  private static ObjectNode replaced(
      ObjectStore store, String name, ObjectNode last, String value) {
    return requireNonNull(store.replace(key(name), last, thing(name, value)));
  }

  private static List<String> values(ObjectStore store) {
    return store.list(KIND, "").objects().stream().map(o -> o.path("value").asText()).toList();
  }

  @Test
  void whatLivesIsRestored() throws Exception {
    long version;
    try (var store = open()) {
      var a = requireNonNull(store.add(key("a"), thing("a", "1")));
      var b = requireNonNull(store.add(key("b"), thing("b", "1")));
      replaced(store, "a", a, "2");
      store.remove(key("b"), b);
      version = store.version();
    }
    try (var store = open()) {
      assertThat(values(store)).containsExactly("2");
      assertThat(store.version()).isEqualTo(version);
      assertThat(store.keyOf("uid-a")).isEqualTo(key("a"));
    }
  }

  @Test
  void aCutOffLastLineIsDroppedWhereverItWasCut() throws Exception {
    try (var store = open()) {
      store.add(key("a"), thing("a", "1"));
      store.add(key("b"), thing("b", "ü"));
    }
    var whole = Files.readAllBytes(file());
    int first = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    for (int cut = first; cut < whole.length; cut++) {
      Files.write(file(), Arrays.copyOf(whole, cut));
      try (var store = open()) {
        assertThat(values(store)).as("cut at %s", cut).containsExactly("1");
        store.add(key("c"), thing("c", "3"));
      }
      try (var store = open()) {
        assertThat(values(store)).as("written after a cut at %s", cut).containsExactly("1", "3");
      }
    }
  }

  @Test
  void damageElsewhereIsToldWithoutWhatItSays() throws Exception {
    try (var store = open()) {
      store.add(key("a"), thing("a", "1"));
    }
    Files.writeString(file(), "pa55word\n", StandardOpenOption.APPEND);
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("line 2: not JSON")
        .hasMessageNotContaining("pa55word")
        .hasNoCause();
  }

  @Test
  void aDirectoryServesOneProcessOnly() throws Exception {
    try (var store = open()) {
      assertThat(store.version()).isPositive();
      assertThatThrownBy(() -> Journal.in(dir))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another local cluster");
    }
    open().close();
  }

  @Test
  void aLongJournalIsWrittenAnew() throws Exception {
    var large = "x".repeat(1 << 20);
    long version;
    try (var store = open()) {
      store.add(key("b"), thing("b", "b"));
      var last = requireNonNull(store.add(key("a"), thing("a", large)));
      for (int i = 0; i < 20; i++) {
        last = replaced(store, "a", last, large + i);
      }
      version = store.version();
    }
    assertThat(Files.size(file())).isLessThan(18L << 20);
    assertThat(dir.resolve("objects.jsonl.new")).doesNotExist();
    try (var store = open()) {
      assertThat(values(store)).containsExactly(large + 19, "b");
      assertThat(store.version()).isEqualTo(version);
    }
  }

  @Test
  void aCompactionThatWasKilledLeavesTheOldFile() throws Exception {
    try (var store = open()) {
      store.add(key("a"), thing("a", "1"));
    }
    Files.writeString(dir.resolve("objects.jsonl.new"), "{\"half");
    try (var store = open()) {
      assertThat(values(store)).containsExactly("1");
    }
  }
}
