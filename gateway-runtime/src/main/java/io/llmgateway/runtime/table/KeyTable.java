package io.llmgateway.runtime.table;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a key to the key's rights.
 *
 * @param byHash the 32 bytes of the hash, position 0
 */
public record KeyTable(Map<ByteBuffer, Key> byHash) {
  public KeyTable {
    byHash = Map.copyOf(byHash);
  }

  /**
   * @param sha256 32 bytes
   */
  public @Nullable Key find(byte[] sha256) {
    return byHash.get(ByteBuffer.wrap(sha256));
  }
}
