package io.llmgateway.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference of one kind in Markdown: a table for each object of its schema. */
final class ReferencePage {
  private final StringBuilder page = new StringBuilder();

  private ReferencePage() {}

  static String of(CustomResourceDefinition crd) {
    return new ReferencePage().write(crd);
  }

  private String write(CustomResourceDefinition crd) {
    CustomResourceDefinitionNames names = crd.getSpec().getNames();
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    line("# %s", names.getKind());
    line("");
    line("<!-- Generated from the CustomResourceDefinition; do not edit. -->");
    line("");
    line("%s", root.getDescription());
    line("");
    line("| | |");
    line("|---|---|");
    line("| apiVersion | `%s/%s` |", crd.getSpec().getGroup(), version.getName());
    line("| kind | `%s` |", names.getKind());
    line(
        "| in kubectl | `%s`, `%s` |",
        names.getPlural(), String.join("`, `", names.getShortNames()));
    line("| scope | %s |", crd.getSpec().getScope());
    line("| columns | %s |", columns(version));
    if (version.getSubresources().getScale() != null) {
      line(
          "| `kubectl scale` | sets `%s` |",
          version.getSubresources().getScale().getSpecReplicasPath().substring(1));
    }
    rules(root);
    for (Map.Entry<String, JSONSchemaProps> part : root.getProperties().entrySet()) {
      object(part.getKey(), part.getValue());
    }
    return page.toString();
  }

  private static String columns(CustomResourceDefinitionVersion version) {
    return version.getAdditionalPrinterColumns().stream()
        .map(c -> c.getPriority() == null ? c.getName() : c.getName() + " (with `-o wide`)")
        .collect(Collectors.joining(", "));
  }

  /** A section with its fields, then one for each object among them. */
  private void object(String path, JSONSchemaProps schema) {
    line("");
    line("## %s", path);
    line("");
    line("%s", schema.getDescription());
    if (schema.getProperties().isEmpty()) {
      return;
    }
    line("");
    line("| field | type | default | |");
    line("|---|---|---|---|");
    schema
        .getProperties()
        .forEach((name, field) -> row(name, field, schema.getRequired().contains(name)));
    rules(schema);
    schema
        .getProperties()
        .forEach(
            (name, field) -> {
              JSONSchemaProps content = SchemaText.content(field);
              if (!name.equals("conditions") && !content.getProperties().isEmpty()) {
                object(path + "." + name + (field.getItems() == null ? "" : "[]"), content);
              }
            });
  }

  private void row(String name, JSONSchemaProps field, boolean required) {
    List<String> texts = new ArrayList<>();
    texts.add(field.getDescription());
    texts.addAll(SchemaText.bounds(field));
    if (field.getProperties().isEmpty()) {
      field.getXKubernetesValidations().forEach(rule -> texts.add(sentence(rule)));
    }
    line(
        "| `%s`%s | %s | %s | %s |",
        name,
        required ? " (required)" : "",
        SchemaText.type(field),
        field.getDefault() == null ? "" : "`" + field.getDefault() + "`",
        String.join(" ", texts).replace("|", "\\|"));
  }

  private void rules(JSONSchemaProps schema) {
    if (!schema.getXKubernetesValidations().isEmpty()) {
      line("");
      schema.getXKubernetesValidations().forEach(rule -> line("- %s", sentence(rule)));
    }
  }

  private static String sentence(ValidationRule rule) {
    return "Rule: " + rule.getMessage() + ".";
  }

  private void line(String format, Object... values) {
    page.append(format.formatted(values)).append('\n');
  }
}
