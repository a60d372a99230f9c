package io.llmgateway.api.generate;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import java.util.List;
import java.util.stream.Stream;

/** The generator sorts columns by path; people read them in the order of the annotations. */
final class PrinterColumns {
  private PrinterColumns() {}

  static List<CustomResourceColumnDefinition> inDeclaredOrder(Class<?> kind) {
    return Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(PrinterColumns::column)
        .toList();
  }

  private static CustomResourceColumnDefinition column(AdditionalPrinterColumn annotation) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(annotation.name())
        .withType(annotation.type().getValue())
        .withJsonPath(annotation.jsonPath())
        .withPriority(annotation.priority() == 0 ? null : annotation.priority())
        .build();
  }
}
