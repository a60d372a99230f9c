package io.llmgateway.localcluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.ApiError;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Label and field selectors, in the syntax of the API's query parameters. */
public final class Selectors {
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(!=|==|=)\\s*(\\S*)");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*([^=!\\s(),]+)");

  private Selectors() {}

  /**
   * @throws ApiError 400 for what is not a selector
   */
  public static Predicate<JsonNode> of(String labels, String fields) {
    return labels(labels).and(fields(fields));
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
    var equality = EQUALITY.matcher(term);
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

  /** Any field is selectable here, by its path; a real server knows a few per kind. */
  static Predicate<JsonNode> fields(String selector) {
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
      var pointer = "/" + equality.group(1).replace('.', '/');
      var value = equality.group(3);
      boolean negated = equality.group(2).equals("!=");
      all = all.and(o -> negated != value.equals(o.at(pointer).asText("")));
    }
    return all;
  }
}
