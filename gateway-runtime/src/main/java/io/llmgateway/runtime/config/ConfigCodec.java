package io.llmgateway.runtime.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The records as bytes and back; the same for the operator, which writes, and the runtime. */
public final class ConfigCodec {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              v ->
                  v.withValueInclusion(
                      com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // Parse errors quote their source otherwise, and a source may hold credentials.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private ConfigCodec() {}

  /** Deterministic: equal records give equal bytes. */
  public static byte[] write(Object shard) {
    return JSON.writeValueAsBytes(shard);
  }

  /**
   * @throws JacksonException when the bytes are not such a record; its message has no content
   */
  public static <T> T read(byte[] bytes, Class<T> type) throws JacksonException {
    return JSON.readValue(bytes, type);
  }

  /** The manifest of these files; its revision is made from their checksums. */
  public static Manifest manifestOf(Map<String, byte[]> files) {
    SortedMap<String, String> shards = new TreeMap<>();
    files.forEach((name, bytes) -> shards.put(name, sha256(bytes)));
    String revision = sha256(shards.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    return new Manifest(Manifest.SCHEMA_VERSION, revision, shards);
  }

  /** Lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
