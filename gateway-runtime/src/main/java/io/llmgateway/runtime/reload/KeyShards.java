package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.KeyConfig;
import io.llmgateway.runtime.config.KeyShard;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.KeyTable;
import io.llmgateway.runtime.table.ModelNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Key shards to the {@link KeyTable}. A bad key is left out and named; the others work. */
final class KeyShards {
  private KeyShards() {}

  /**
   * @param field where in its file
   * @param hash 32 bytes
   */
  record Entry(String field, ByteBuffer hash, Key key) {}

  /** One file's keys, and what was wrong with the others. */
  record Parsed(List<Entry> entries, List<Problem> problems) {}

  static Parsed parse(String file, KeyShard shard) throws RefusedException {
    if (shard.keys() == null) {
      throw RefusedException.wrong(file, "keys", "is missing; an empty list is right for none");
    }
    List<Entry> entries = new ArrayList<>(shard.keys().size());
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < shard.keys().size(); i++) {
      KeyConfig config = shard.keys().get(i);
      String field = "keys[" + i + "]";
      Problem problem = check(file, field, config);
      if (problem == null) {
        entries.add(entry(field, config));
      } else {
        problems.add(problem);
      }
    }
    return new Parsed(List.copyOf(entries), List.copyOf(problems));
  }

  /**
   * @param shards by file name; where two keys have one hash, the first file's is taken
   * @param problems gets what was left out
   */
  static KeyTable table(Map<String, Parsed> shards, List<Problem> problems) {
    int size = shards.values().stream().mapToInt(s -> s.entries().size()).sum();
    Map<ByteBuffer, Key> byHash = HashMap.newHashMap(size);
    shards.forEach(
        (file, shard) -> {
          problems.addAll(shard.problems());
          for (Entry entry : shard.entries()) {
            Key first = byHash.putIfAbsent(entry.hash(), entry.key());
            if (first != null) {
              problems.add(
                  new Problem(
                      file,
                      entry.field() + ".sha256",
                      "is also the hash of "
                          + first.name()
                          + ", which keeps it; "
                          + entry.key().name()
                          + " is left out"));
            }
          }
        });
    return new KeyTable(byHash);
  }

  private static @Nullable Problem check(String file, String field, @Nullable KeyConfig config) {
    if (config == null) {
      return new Problem(file, field, "is null; the key is left out");
    }
    if (config.id() == null || config.id().isEmpty()) {
      return new Problem(file, field + ".id", "is missing; the key is left out");
    }
    if (config.name() == null || config.name().isEmpty()) {
      return new Problem(file, field + ".name", "is missing; the key is left out");
    }
    if (config.sha256() == null || !isHash(config.sha256())) {
      return new Problem(
          file, field + ".sha256", "must be 64 lower-case hex digits; the key is left out");
    }
    // Nothing listed means all models, so a list that is not there must not be taken for that.
    if (config.allowedModels() == null
        || config.allowedModels().stream().anyMatch(Objects::isNull)) {
      return new Problem(
          file,
          field + ".allowedModels",
          "must be a list of model names, empty for all models; the key is left out");
    }
    return null;
  }

  private static boolean isHash(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static Entry entry(String field, KeyConfig config) {
    return new Entry(
        field,
        ByteBuffer.wrap(HexFormat.of().parseHex(config.sha256())),
        new Key(
            config.id(),
            config.name(),
            config.team(),
            config.user(),
            ModelNames.of(config.allowedModels()),
            config.expiresAt(),
            config.disabled()));
  }
}
