package io.llmgateway.operator.compile;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a resource leaves out, as nothing rather than null. */
final class Present {
  private Present() {}

  static <T> List<T> in(@Nullable List<T> list) {
    return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
  }

  static Map<String, String> in(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
