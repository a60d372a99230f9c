package io.llmgateway.localcluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Label and field selectors, in the syntax of the API's query parameters. */
public final class Selectors {
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(!=|==|=)\\s*(\\S*)");
  private static final Pattern LABEL_EQUALITY =
      Pattern.compile("([^=!\\s(),]+)\\s*(!=|==|=)\\s*([-A-Za-z0-9_.]*)");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*([^=!\\s(),]+)");

  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");

  /** As a real server: few fields can be selected by, and of a custom resource none of its own. */
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "pods",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          "nodes",
          Set.of("spec.unschedulable"),
          "namespaces",
          Set.of("status.phase"),
          "secrets",
          Set.of("type"),
          "replicasets.apps",
          Set.of("status.replicas"));

  private Selectors() {}

  /**
   * @param bucket the kind, whose fields can be selected by
   * @throws ApiError 400 for what is not a selector
   */
  public static Predicate<JsonNode> of(String bucket, String labels, String fields) {
    return labels(labels).and(fields(bucket, fields));
  }

  private static boolean selectable(String bucket, String field) {
    return EVERYWHERE.contains(field)
        || FIELDS.getOrDefault(bucket, Set.of()).contains(field)
        || bucket.equals("events")
            && (field.startsWith("involvedObject.")
                || field.startsWith("regarding.")
                || Set.of("reason", "type", "reportingComponent", "source").contains(field));
  }

  static Predicate<JsonNode> labels(String selector) {
    Predicate<JsonNode> all = o -> true;
    for (var part : selector.split(",(?![^(]*\\))", -1)) {
      var term = part.trim();
      if (!term.isEmpty()) {
        all = all.and(labelTerm(term));
      }
    }
    return all;
  }

  private static Predicate<JsonNode> labelTerm(String term) {
    var set = SET.matcher(term);
    if (set.matches()) {
      var key = set.group(1);
      var values = Set.copyOf(List.of(set.group(3).trim().split("\\s*,\\s*", -1)));
      // A label that is absent is "not in" any set, as Kubernetes counts it.
      return set.group(2).equals("in")
          ? o -> label(o, key) instanceof String v && values.contains(v)
          : o -> !(label(o, key) instanceof String v && values.contains(v));
    }
    var equality = LABEL_EQUALITY.matcher(term);
    if (equality.matches()) {
      var key = equality.group(1);
      var value = equality.group(3);
      boolean negated = equality.group(2).equals("!=");
      return o -> negated != value.equals(label(o, key));
    }
    var presence = PRESENCE.matcher(term);
    if (presence.matches()) {
      boolean negated = !presence.group(1).isEmpty();
      var key = presence.group(2);
      return o -> negated == (label(o, key) == null);
    }
    throw ApiError.badRequest("unable to parse requirement: \"" + term + "\" is no label selector");
  }

  private static @Nullable String label(JsonNode object, String key) {
    var v = object.path("metadata").path("labels").get(key);
    return v == null ? null : v.asText();
  }

  private static Predicate<JsonNode> fields(String bucket, String selector) {
    Predicate<JsonNode> all = o -> true;
    for (var part : selector.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      var equality = EQUALITY.matcher(part.trim());
      if (!equality.matches()) {
        throw ApiError.badRequest(
            "invalid selector: '" + part.trim() + "'; can't understand '" + part.trim() + "'");
      }
      if (!selectable(bucket, equality.group(1))) {
        throw ApiError.badRequest("field label not supported: " + equality.group(1));
      }
      var pointer = "/" + equality.group(1).replace('.', '/');
      var value = equality.group(3);
      boolean negated = equality.group(2).equals("!=");
      all = all.and(o -> negated != value.equals(o.at(pointer).asText("")));
    }
    return all;
  }
}
