package io.llmgateway.operator.compile;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of nested records, as paths such as {@code backends.openAI.tls}. */
final class RecordFields {
  private static final Pattern INDEX = Pattern.compile("/\\d+");

  private RecordFields() {}

  /** Paths of all values without parts; lists and maps add nothing to a path. */
  static Set<String> paths(Class<?> record) {
    Set<String> paths = new TreeSet<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Class<?> type = element(component.getGenericType());
      Set<String> inner = type.isRecord() ? paths(type) : Set.of();
      if (inner.isEmpty()) {
        paths.add(component.getName());
      }
      inner.forEach(path -> paths.add(component.getName() + "." + path));
    }
    return paths;
  }

  /** The path of a pointer into a scenario, such as {@code /keyHashed/material/sha256}. */
  static String schemaPath(String pointer) {
    return INDEX
        .matcher(pointer)
        .replaceAll("")
        .substring(1)
        .replace('/', '.')
        .replaceFirst("^(gateway|route|key)[A-Za-z]*", "$1")
        .replaceFirst(
            "(requests|limits|matchLabels|annotations|labels|nodeSelector)\\.(cpu|memory|team|note)$",
            "$1");
  }

  /** What is in the lists and maps. */
  static Class<?> element(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return element(arguments[arguments.length - 1]);
    }
    return (Class<?>) type;
  }
}
