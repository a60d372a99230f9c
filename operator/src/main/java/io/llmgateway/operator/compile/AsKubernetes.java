package io.llmgateway.operator.compile;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of a spec that have the shape of a type of Kubernetes, field by field. */
final class AsKubernetes {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private AsKubernetes() {}

  static <T> T of(Record part, Class<T> type) {
    return JSON.convertValue(part, type);
  }

  static <T> List<T> all(@Nullable List<? extends Record> parts, Class<T> type) {
    return Present.in(parts).stream().map(part -> of(part, type)).toList();
  }
}
