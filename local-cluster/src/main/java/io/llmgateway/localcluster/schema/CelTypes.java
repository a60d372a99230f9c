package io.llmgateway.localcluster.schema;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The CEL types of one schema, so that a rule which names a field that does not exist is refused
 * when the CRD is applied, not when it is first evaluated.
 */
final class CelTypes {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private final Map<String, CelType> structs = new HashMap<>();

  /**
   * @param path names the node's type, uniquely within the schema; no CEL name looks like it
   */
  CelType typeOf(Schema s, String path) {
    if (s.intOrString()) {
      return SimpleType.DYN;
    }
    return switch (s.type()) {
      case "object" -> object(s, path);
      case "array" -> {
        var items = s.items();
        yield items == null
            ? ListType.create(SimpleType.DYN)
            : ListType.create(typeOf(items, path + "/@item"));
      }
      case "integer" -> SimpleType.INT;
      case "number" -> SimpleType.DOUBLE;
      case "boolean" -> SimpleType.BOOL;
      case "string" ->
          switch (s.limits().format()) {
            case "date", "date-time" -> SimpleType.TIMESTAMP;
            case "duration" -> SimpleType.DURATION;
            case "byte" -> SimpleType.BYTES;
            default -> SimpleType.STRING;
          };
      default -> SimpleType.DYN;
    };
  }

  private CelType object(Schema s, String path) {
    var additional = s.additional();
    if (additional != null) {
      return MapType.create(SimpleType.STRING, typeOf(additional, path + "/@value"));
    }
    if (s.properties().isEmpty()) {
      return SimpleType.DYN;
    }
    var fields = new HashMap<String, CelType>();
    s.properties()
        .forEach((name, field) -> fields.put(escape(name), typeOf(field, path + "/" + name)));
    return struct(path, fields);
  }

  /** The root also has the fields of every Kubernetes object. */
  CelType root(Schema s) {
    var fields = new HashMap<String, CelType>();
    s.properties().forEach((name, field) -> fields.put(escape(name), typeOf(field, "/" + name)));
    fields.put("apiVersion", SimpleType.STRING);
    fields.put("kind", SimpleType.STRING);
    fields.put(
        "metadata",
        struct("/metadata", Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING)));
    return struct("/", fields);
  }

  private StructType struct(String name, Map<String, CelType> of) {
    var fields = ImmutableMap.copyOf(of);
    var type = StructType.create(name, fields.keySet(), f -> Optional.ofNullable(fields.get(f)));
    structs.put(name, type);
    return type;
  }

  /** The types that were asked for so far. */
  CelTypeProvider known() {
    return new Known(ImmutableMap.copyOf(structs));
  }

  private record Known(ImmutableMap<String, CelType> structs) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return structs.values();
    }

    @Override
    public Optional<CelType> findType(String typeName) {
      return Optional.ofNullable(structs.get(typeName));
    }
  }

  /** How a property is called in CEL where its name is no identifier. */
  static String escape(String property) {
    if (RESERVED.contains(property)) {
      return "__" + property + "__";
    }
    return property
        .replace("__", "__underscores__")
        .replace(".", "__dot__")
        .replace("-", "__dash__")
        .replace("/", "__slash__");
  }
}
