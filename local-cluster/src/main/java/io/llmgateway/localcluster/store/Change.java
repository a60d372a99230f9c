package io.llmgateway.localcluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One write, as watchers are told of it.
 *
 * @param object the object after the write; for a deletion its last state with the deletion's
 *     resource version. Shared: never changed
 * @param previous the object before; null for an addition
 */
public record Change(
    long version, Type type, ObjectKey key, ObjectNode object, @Nullable ObjectNode previous) {

  /** What a watch event says. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
