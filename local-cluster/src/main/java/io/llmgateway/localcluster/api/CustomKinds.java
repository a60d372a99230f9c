package io.llmgateway.localcluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import io.llmgateway.localcluster.schema.Schema;
import io.llmgateway.localcluster.schema.SchemaCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** CustomResourceDefinitions: checked, completed, and turned into the kinds that they define. */
public final class CustomKinds {
  private static final Pattern PLURAL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private CustomKinds() {}

  /** Fills in what Kubernetes fills in, and marks the definition as established. */
  public static void complete(ObjectNode crd, Instant now) {
    if (!(crd.path("spec") instanceof ObjectNode spec)
        || !(spec.path("names") instanceof ObjectNode names)) {
      return;
    }
    var kind = names.path("kind").asText();
    if (!names.hasNonNull("singular")) {
      names.put("singular", kind.toLowerCase(Locale.ROOT));
    }
    if (!names.hasNonNull("listKind")) {
      names.put("listKind", kind + "List");
    }
    if (!spec.has("conversion")) {
      spec.putObject("conversion").put("strategy", "None");
    }
    if (crd.path("status").path("conditions").isEmpty()) {
      var status = crd.putObject("status");
      var conditions = status.putArray("conditions");
      condition(conditions.addObject(), "NamesAccepted", "NoConflicts", "no conflicts found", now);
      condition(
          conditions.addObject(),
          "Established",
          "InitialNamesAccepted",
          "the initial names have been accepted",
          now);
    }
    var status = (ObjectNode) crd.get("status");
    status.set("acceptedNames", names.deepCopy());
    var stored = status.putArray("storedVersions");
    for (var v : spec.path("versions")) {
      if (v.path("storage").asBoolean()) {
        stored.add(v.path("name").asText());
      }
    }
  }

  private static void condition(
      ObjectNode c, String type, String reason, String message, Instant now) {
    c.put("type", type).put("status", "True").put("reason", reason).put("message", message);
    c.put("lastTransitionTime", Json.time(now));
  }

  /** What is wrong with the definition; empty when it can be served. */
  public static List<FieldError> check(JsonNode crd) {
    var errors = new ArrayList<FieldError>();
    var spec = crd.path("spec");
    for (var field : List.of("group", "scope")) {
      if (spec.path(field).asText("").isEmpty()) {
        errors.add(FieldError.required("spec." + field, ""));
      }
    }
    var scope = spec.path("scope");
    if (scope.isTextual() && !List.of("Cluster", "Namespaced").contains(scope.asText())) {
      errors.add(FieldError.notSupported("spec.scope", scope, List.of("Cluster", "Namespaced")));
    }
    if (spec.path("names").path("kind").asText("").isEmpty()) {
      errors.add(FieldError.required("spec.names.kind", ""));
    }
    var plural = spec.path("names").path("plural").asText("");
    if (!PLURAL.matches(plural)) {
      errors.add(FieldError.invalid("spec.names.plural", plural, "must be a lower case DNS label"));
    }
    var wanted = plural + "." + spec.path("group").asText();
    if (!Json.name(crd).equals(wanted)) {
      errors.add(
          FieldError.invalid(
              "metadata.name", Json.name(crd), "must be spec.names.plural+\".\"+spec.group"));
    }
    if (spec.path("conversion").path("strategy").asText("None").equals("Webhook")) {
      errors.add(
          FieldError.forbidden(
              "spec.conversion.strategy", "local-cluster does not serve conversion webhooks"));
    }
    versions(spec, errors);
    return errors;
  }

  private static void versions(JsonNode spec, List<FieldError> errors) {
    int stored = 0;
    int i = 0;
    for (var v : spec.path("versions")) {
      var at = "spec.versions[" + i++ + "]";
      stored += v.path("storage").asBoolean() ? 1 : 0;
      var schema = v.path("schema").path("openAPIV3Schema");
      if (!schema.isObject()) {
        errors.add(FieldError.required(at + ".schema.openAPIV3Schema", "schemas are required"));
        continue;
      }
      var compiler = new SchemaCompiler();
      compiler.compile(schema, at + ".schema.openAPIV3Schema");
      errors.addAll(compiler.errors());
    }
    if (stored != 1) {
      errors.add(
          FieldError.invalid(
              "spec.versions",
              spec.path("versions"),
              "must have exactly one version marked as storage version"));
    }
  }

  /** The served versions of a definition that was checked before. */
  public static List<ResourceType> typesOf(JsonNode crd) {
    var types = new ArrayList<ResourceType>();
    for (var version : crd.path("spec").path("versions")) {
      if (version.path("served").asBoolean()) {
        types.add(type(crd.path("spec"), version));
      }
    }
    return types;
  }

  private static ResourceType type(JsonNode spec, JsonNode version) {
    var names = spec.path("names");
    var subresources = version.path("subresources");
    Schema schema =
        new SchemaCompiler().compile(version.path("schema").path("openAPIV3Schema"), "");
    var group = spec.path("group").asText();
    var plural = names.path("plural").asText();
    return new ResourceType(
        group,
        version.path("name").asText(),
        plural,
        names.path("singular").asText(),
        names.path("kind").asText(),
        spec.path("scope").asText().equals("Namespaced"),
        texts(names.path("shortNames")),
        texts(names.path("categories")),
        subresources.has("status"),
        true,
        scale(subresources.path("scale")),
        schema,
        version.path("additionalPrinterColumns").valueStream().map(CustomKinds::column).toList(),
        plural + "." + group);
  }

  private static @Nullable ScalePaths scale(JsonNode scale) {
    return scale.isObject()
        ? new ScalePaths(
            scale.path("specReplicasPath").asText(),
            scale.path("statusReplicasPath").asText(),
            scale.path("labelSelectorPath").asText(""))
        : null;
  }

  private static PrinterColumn column(JsonNode c) {
    return new PrinterColumn(
        c.path("name").asText(),
        c.path("type").asText(),
        c.path("format").asText(""),
        c.path("description").asText(""),
        c.path("priority").asInt(0),
        c.path("jsonPath").asText());
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
