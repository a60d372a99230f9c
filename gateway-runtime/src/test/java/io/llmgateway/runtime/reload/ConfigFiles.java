package io.llmgateway.runtime.reload;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Config directories written by hand, as the documented format has them. */
public final class ConfigFiles {
  public static final String SETTINGS =
      """
      {"gateway": "default/test",
       "limits": {"maxBodyBytes": 1048576, "requestTimeout": "PT60S", "firstTokenTimeout": "PT30S",
                  "streamIdleTimeout": "PT30S", "maxInFlight": 1000},
       "drainTimeout": "PT20S"}
      """;

  public static final String ECHO_ROUTE =
      """
      {"routes": [{"name": "default/echo", "models": ["echo"],
                   "backends": [{"name": "only", "weight": 1, "provider": {"type": "echo"}}]}]}
      """;

  private final TreeMap<String, String> files = new TreeMap<>();

  /** Settings and an echo route. */
  public static ConfigFiles echo() {
    return new ConfigFiles().with("gateway.json", SETTINGS).with("routes-00.json", ECHO_ROUTE);
  }

  public ConfigFiles with(String name, String content) {
    files.put(name, content);
    return this;
  }

  /** One key in one shard. */
  public ConfigFiles withKey(String shard, String id, String key) {
    return with(shard, "{\"keys\": [" + key(id, key) + "]}");
  }

  public static String key(String id, String key) {
    return """
        {"id": "%s", "sha256": "%s", "name": "default/%s", "team": "search", "allowedModels": [],
         "disabled": false}"""
        .formatted(id, sha256(key.getBytes(StandardCharsets.UTF_8)), id);
  }

  public String content(String name) {
    return requireNonNull(files.get(name), name);
  }

  public String manifest(String revision) {
    return "{\"schemaVersion\": 1, \"revision\": \""
        + revision
        + "\", \"shards\": {"
        + files.entrySet().stream()
            .map(
                f ->
                    "\"%s\": \"%s\""
                        .formatted(
                            f.getKey(), sha256(f.getValue().getBytes(StandardCharsets.UTF_8))))
            .collect(Collectors.joining(", "))
        + "}}";
  }

  /** All files, the manifest last. */
  public void writeTo(Path directory, String revision) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(directory, file.getKey(), file.getValue());
    }
    write(directory, "manifest.json", manifest(revision));
  }

  /** Whole or not at all, as the kubelet does it. */
  public static void write(Path directory, String name, String content) throws IOException {
    Path target = directory.resolve(name);
    Files.createDirectories(target.getParent());
    Path temporary = Files.createTempFile(directory.getParent(), "write", ".tmp");
    Files.writeString(temporary, content);
    Files.move(temporary, target, ATOMIC_MOVE);
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
