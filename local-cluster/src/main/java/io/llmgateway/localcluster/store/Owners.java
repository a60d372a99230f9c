package io.llmgateway.localcluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns whom, by uid, so that a deletion need not look at every object. */
final class Owners {
  private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();
  private final Map<String, ObjectKey> alive = new HashMap<>();

  void stored(ObjectKey key, JsonNode object) {
    alive.put(Json.uid(object), key);
    for (var ref : object.path("metadata").path("ownerReferences")) {
      dependents.computeIfAbsent(ref.path("uid").asText(), u -> new HashSet<>()).add(key);
    }
  }

  void removed(ObjectKey key, JsonNode object) {
    alive.remove(Json.uid(object));
    for (var ref : object.path("metadata").path("ownerReferences")) {
      var uid = ref.path("uid").asText();
      var keys = dependents.get(uid);
      if (keys != null && keys.remove(key) && keys.isEmpty()) {
        dependents.remove(uid);
      }
    }
  }

  List<ObjectKey> dependentsOf(String uid) {
    return List.copyOf(dependents.getOrDefault(uid, Set.of()));
  }

  @Nullable ObjectKey keyOf(String uid) {
    return alive.get(uid);
  }
}
