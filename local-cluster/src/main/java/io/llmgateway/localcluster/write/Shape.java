package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a part of an object merges: which lists are maps by key or sets, which maps are replaced as
 * one. Custom resources say it in their schema; for built-in kinds it is Kubernetes' own mark-up
 * (x-kubernetes-list-map-keys and patchMergeKey in its OpenAPI), found here by field name.
 */
sealed interface Shape {
  Shape field(String name);

  Shape item();

  /** The keys that tell items apart; empty for a list that is replaced as one. */
  List<String> listKeys();

  /** A list whose items are told apart by their value. */
  boolean isSet();

  boolean isAtomic();

  /** The value of a key that an item leaves out. */
  @Nullable JsonNode keyDefault(String key);

  static Shape of(ResourceType type) {
    var schema = type.schema();
    return schema == null ? new Builtin("", "") : new Custom(Optional.of(schema), true);
  }

  /** Whether items of this list are merged one by one. */
  default boolean isAssociative() {
    return isSet() || !listKeys().isEmpty();
  }

  /**
   * @param schema empty below what the schema describes
   */
  record Custom(Optional<Schema> schema, boolean root) implements Shape {
    @Override
    public Shape field(String name) {
      if (root && name.equals("metadata")) {
        return new Builtin("", name);
      }
      return new Custom(
          schema.flatMap(
              s -> {
                var p = s.properties().get(name);
                return Optional.ofNullable(p != null ? p : s.additional());
              }),
          false);
    }

    @Override
    public Shape item() {
      return new Custom(schema.flatMap(s -> Optional.ofNullable(s.items())), false);
    }

    @Override
    public List<String> listKeys() {
      return schema
          .filter(s -> s.listType() == Schema.ListType.MAP)
          .map(Schema::listKeys)
          .orElse(List.of());
    }

    @Override
    public boolean isSet() {
      return schema.filter(s -> s.listType() == Schema.ListType.SET).isPresent();
    }

    @Override
    public boolean isAtomic() {
      return schema.filter(Schema::atomic).isPresent();
    }

    @Override
    public @Nullable JsonNode keyDefault(String key) {
      return schema
          .flatMap(s -> Optional.ofNullable(s.items()))
          .flatMap(s -> Optional.ofNullable(s.properties().get(key)))
          .flatMap(s -> Optional.ofNullable(s.defaultValue()))
          .orElse(null);
    }
  }

  /**
   * @param parent the field around this one
   */
  record Builtin(String parent, String name) implements Shape {
    private static final Map<String, List<String>> LIST_KEYS =
        Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")));
    private static final Set<String> ATOMIC =
        Set.of(
            "selector",
            "labelSelector",
            "namespaceSelector",
            "podSelector",
            "nodeSelector",
            "secretKeyRef",
            "configMapKeyRef",
            "fieldRef",
            "resourceFieldRef",
            "roleRef",
            "scaleTargetRef");

    @Override
    public Shape field(String field) {
      return new Builtin(name, field);
    }

    @Override
    public Shape item() {
      return this;
    }

    @Override
    public List<String> listKeys() {
      if (name.equals("ports")) {
        return switch (parent) {
          case "containers", "initContainers" -> List.of("containerPort", "protocol");
          case "spec" -> List.of("port", "protocol");
          default -> List.of();
        };
      }
      return LIST_KEYS.getOrDefault(name, List.of());
    }

    @Override
    public boolean isSet() {
      return name.equals("finalizers");
    }

    @Override
    public boolean isAtomic() {
      return ATOMIC.contains(name);
    }

    @Override
    public @Nullable JsonNode keyDefault(String key) {
      return key.equals("protocol") ? Json.MAPPER.getNodeFactory().textNode("TCP") : null;
    }
  }
}
