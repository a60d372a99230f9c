package io.llmgateway.api.generate;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.llmgateway.api.v1alpha1.Atomic;
import io.llmgateway.api.v1alpha1.Format;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds what the generator does not take from a record: the Javadoc as descriptions, required from
 * the absence of {@code @Nullable}, formats, and how lists merge.
 */
final class SchemaFromRecords {
  private final RecordDocs docs;

  SchemaFromRecords(RecordDocs docs) {
    this.docs = docs;
  }

  /**
   * @param kind a {@link CustomResource} with records for spec and status
   */
  void complete(Class<?> kind, JSONSchemaProps root) {
    Type[] specAndStatus =
        ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    root.setDescription(docs.ofType(kind));
    root.setRequired(List.of("spec"));
    completeRecord((Class<?>) specAndStatus[0], property(root, "spec"));
    completeRecord((Class<?>) specAndStatus[1], property(root, "status"));
  }

  private void completeRecord(Class<?> type, JSONSchemaProps schema) {
    schema.setDescription(docs.ofType(type));
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      JSONSchemaProps property = property(schema, component.getName());
      completeType(component.getAnnotatedType(), property);
      dropRepeatedRules(property);
      property.setDescription(docs.ofComponent(type, component.getName()));
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
    }
    schema.setRequired(required);
  }

  /** A record's component puts its annotations on the field and on the accessor. */
  private static void dropRepeatedRules(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
  }

  private void completeType(AnnotatedType type, JSONSchemaProps schema) {
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType content =
          generic
              .getAnnotatedActualTypeArguments()[
              generic.getAnnotatedActualTypeArguments().length - 1];
      if (schema.getItems() == null) {
        completeType(content, schema.getAdditionalProperties().getSchema());
      } else {
        completeList((Class<?>) content.getType(), content, schema);
      }
    } else if (type.getType() instanceof Class<?> record && record.isRecord()) {
      completeRecord(record, schema);
    } else {
      completeScalar(type.getAnnotation(Format.class), schema);
    }
  }

  private static void completeScalar(@Nullable Format format, JSONSchemaProps schema) {
    // JSON numbers have no width, and the API server would refuse what it does not know.
    schema.setFormat(null);
    switch (format == null ? null : format.value()) {
      case DATE_TIME -> schema.setFormat("date-time");
      case QUANTITY -> textOrNumberFrom(0, schema);
      case BYTES -> textOrNumberFrom(1024, schema);
      case null -> {}
    }
  }

  private static void textOrNumberFrom(int minimum, JSONSchemaProps schema) {
    schema.setType(null);
    schema.setXKubernetesIntOrString(true);
    schema.setAnyOf(List.of(ofType("integer"), ofType("string")));
    schema.setMinimum((double) minimum);
  }

  private void completeList(Class<?> item, AnnotatedType content, JSONSchemaProps schema) {
    if (item == Condition.class) {
      schema.getItems().setSchema(ConditionSchema.create());
      mergeBy("type", schema);
      return;
    }
    completeType(content, schema.getItems().getSchema());
    if (item == String.class) {
      schema.setXKubernetesListType("set");
    } else if (!content.isAnnotationPresent(Atomic.class)
        && Stream.of(item.getRecordComponents()).anyMatch(c -> c.getName().equals("name"))) {
      mergeBy("name", schema);
    } else {
      schema.setXKubernetesListType("atomic");
    }
  }

  private static void mergeBy(String key, JSONSchemaProps list) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
  }

  private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return Objects.requireNonNull(schema.getProperties().get(name), name);
  }

  private static JSONSchemaProps ofType(String type) {
    return new JSONSchemaPropsBuilder().withType(type).build();
  }
}
