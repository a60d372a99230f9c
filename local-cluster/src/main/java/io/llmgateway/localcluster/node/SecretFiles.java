package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files of a projected volume of Secrets. Other sources give none: there is nobody to trust a
 * token of a ServiceAccount that was issued here.
 *
 * @param missing why the volume cannot be made; null when it can
 * @param files by their path in the volume
 */
record SecretFiles(@Nullable String missing, Map<String, File> files) {
  private static final int DEFAULT_MODE = 0644;

  /**
   * One file.
   *
   * @param mode permission bits
   */
  record File(byte[] content, int mode) {}

  /**
   * @param secrets by name; null for one that is not there
   */
  static SecretFiles of(JsonNode projected, Function<String, @Nullable JsonNode> secrets) {
    var files = new TreeMap<String, File>();
    int mode = projected.path("defaultMode").asInt(DEFAULT_MODE);
    for (var entry : projected.path("sources")) {
      if (!entry.has("secret")) {
        continue;
      }
      var source = entry.path("secret");
      var name = source.path("name").asText();
      boolean optional = source.path("optional").asBoolean();
      var secret = secrets.apply(name);
      if (secret == null) {
        if (!optional) {
          return new SecretFiles("secret \"" + name + "\" not found", Map.of());
        }
        continue;
      }
      var problem = add(source, secret.path("data"), mode, optional, files);
      if (problem != null) {
        return new SecretFiles("secret \"" + name + "\": " + problem, Map.of());
      }
    }
    return new SecretFiles(null, files);
  }

  private static @Nullable String add(
      JsonNode source, JsonNode data, int mode, boolean optional, Map<String, File> files) {
    if (!source.has("items")) {
      data.properties().forEach(e -> files.put(e.getKey(), new File(bytes(e.getValue()), mode)));
      return null;
    }
    for (var item : source.path("items")) {
      var key = item.path("key").asText();
      if (data.has(key)) {
        files.put(
            item.path("path").asText(),
            new File(bytes(data.get(key)), item.path("mode").asInt(mode)));
      } else if (!optional) {
        return "references non-existent secret key: " + key;
      }
    }
    return null;
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException("a Secret's data is base64: the server checked it", e);
    }
  }
}
