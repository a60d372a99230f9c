package io.llmgateway.runtime.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import io.opentelemetry.semconv.UserAgentAttributes;
import io.opentelemetry.semconv.incubating.GenAiIncubatingAttributes;
import io.opentelemetry.semconv.incubating.HttpIncubatingAttributes;
import io.opentelemetry.semconv.incubating.UserIncubatingAttributes;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes that OpenTelemetry's semantic conventions list, from their own library. It marks
 * all of generative AI's as deprecated since those have a repository of their own.
 */
final class Conventions {
  private static final Map<String, AttributeType> LISTED = new HashMap<>();

  static {
    List.of(
            ErrorAttributes.class,
            HttpAttributes.class,
            HttpIncubatingAttributes.class,
            ServerAttributes.class,
            UrlAttributes.class,
            UserAgentAttributes.class,
            UserIncubatingAttributes.class,
            GenAiIncubatingAttributes.class)
        .forEach(Conventions::list);
  }

  private Conventions() {}

  private static void list(Class<?> attributes) {
    for (Field field : attributes.getFields()) {
      try {
        if (field.get(null) instanceof AttributeKey<?> key) {
          LISTED.put(key.getKey(), key.getType());
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static void check(Map<String, Object> attributes) {
    assertThat(attributes).isNotEmpty();
    attributes.forEach(
        (name, value) -> {
          if (!name.startsWith("llmgateway.") && !name.startsWith("langfuse.")) {
            assertThat(LISTED).as("the conventions").containsEntry(name, type(value));
          }
        });
  }

  private static AttributeType type(Object value) {
    return switch (value) {
      case String _ -> AttributeType.STRING;
      case Boolean _ -> AttributeType.BOOLEAN;
      case Long _ -> AttributeType.LONG;
      case Double _ -> AttributeType.DOUBLE;
      default -> throw new IllegalArgumentException(value.getClass().getName());
    };
  }
}
