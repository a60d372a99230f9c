package io.llmgateway.localcluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.Json;
import java.util.Comparator;

/**
 * Where an object is stored; in the order of a list.
 *
 * @param namespace empty for cluster-scoped objects
 */
public record ObjectKey(String bucket, String namespace, String name)
    implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::bucket)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  public static ObjectKey of(String bucket, JsonNode object) {
    return new ObjectKey(bucket, Json.namespace(object), Json.name(object));
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
