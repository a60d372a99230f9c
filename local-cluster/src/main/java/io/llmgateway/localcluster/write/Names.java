package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Names, labels and annotations: RFC 1123 and the rules of k8s.io/apimachinery. */
final class Names {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final Pattern LABEL_NAME = Pattern.compile(LABEL);
  private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN_NAME = Pattern.compile(SUBDOMAIN);
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

  /** No vowels, so that no words come out; Kubernetes draws from the same letters. */
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int ANNOTATIONS_MAX_BYTES = 256 * 1024;

  private Names() {}

  static String generate(String prefix) {
    var name = new StringBuilder(prefix.substring(0, Math.min(prefix.length(), 58)));
    for (int i = 0; i < 5; i++) {
      name.append(
          SUFFIX_LETTERS.charAt(ThreadLocalRandom.current().nextInt(SUFFIX_LETTERS.length())));
    }
    return name.toString();
  }

  /** What is wrong with the object's metadata. */
  static List<FieldError> check(ResourceType type, JsonNode object) {
    var errors = new ArrayList<FieldError>();
    var name = Json.name(object);
    if (name.isEmpty()) {
      errors.add(FieldError.required("metadata.name", "name or generateName is required"));
    } else {
      checkName(type, name, errors);
    }
    var meta = object.path("metadata");
    for (var label : meta.path("labels").properties()) {
      checkKey("metadata.labels", label.getKey(), errors);
      var value = label.getValue().asText();
      if (!label.getValue().isTextual()
          || value.length() > 63
          || !value.isEmpty() && !QUALIFIED.matches(value)) {
        errors.add(
            FieldError.invalid(
                "metadata.labels",
                value,
                "a valid label must be an empty string or consist of alphanumeric characters, '-',"
                    + " '_' or '.', and must start and end with an alphanumeric character, in at"
                    + " most 63 characters"));
      }
    }
    int bytes = 0;
    for (var annotation : meta.path("annotations").properties()) {
      checkKey("metadata.annotations", annotation.getKey(), errors);
      bytes += annotation.getKey().length() + annotation.getValue().asText().length();
    }
    if (bytes > ANNOTATIONS_MAX_BYTES) {
      errors.add(FieldError.tooLong("metadata.annotations", ANNOTATIONS_MAX_BYTES));
    }
    int i = 0;
    for (var ref : meta.path("ownerReferences")) {
      var at = "metadata.ownerReferences[" + i++ + "]";
      for (var field : List.of("apiVersion", "kind", "name", "uid")) {
        if (ref.path(field).asText("").isEmpty()) {
          errors.add(FieldError.invalid(at + "." + field, "", field + " must not be empty"));
        }
      }
    }
    return errors;
  }

  private static void checkName(ResourceType type, String name, List<FieldError> errors) {
    switch (type.bucket()) {
      case "namespaces" -> {
        if (!LABEL_NAME.matches(name) || name.length() > 63) {
          errors.add(
              FieldError.invalid(
                  "metadata.name",
                  name,
                  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                      + " '-', and must start and end with an alphanumeric character (e.g. "
                      + "'my-name',  or '123-abc', regex used for validation is '"
                      + LABEL
                      + "')"));
        }
      }
      case "services" -> {
        if (!DNS_1035.matches(name) || name.length() > 63) {
          errors.add(
              FieldError.invalid(
                  "metadata.name",
                  name,
                  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start"
                      + " with an alphabetic character, and end with an alphanumeric character (e.g."
                      + " 'my-name',  or 'abc-123', regex used for validation is '"
                      + DNS_1035.pattern()
                      + "')"));
        }
      }
      default -> {
        if (type.group().equals("rbac.authorization.k8s.io")) {
          if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
            errors.add(FieldError.invalid("metadata.name", name, "may not contain '/' or '%'"));
          }
        } else if (!SUBDOMAIN_NAME.matches(name) || name.length() > 253) {
          errors.add(
              FieldError.invalid(
                  "metadata.name",
                  name,
                  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                      + " characters, '-' or '.', and must start and end with an alphanumeric"
                      + " character (e.g. 'example.com', regex used for validation is '"
                      + SUBDOMAIN
                      + "')"));
        }
      }
    }
  }

  private static void checkKey(String field, String key, List<FieldError> errors) {
    int slash = key.indexOf('/');
    var prefix = slash < 0 ? "" : key.substring(0, slash);
    var name = key.substring(slash + 1);
    boolean valid =
        (slash < 0
                || SUBDOMAIN_NAME.matches(prefix.toLowerCase(java.util.Locale.ROOT))
                    && prefix.length() <= 253)
            && QUALIFIED.matches(name)
            && name.length() <= 63;
    if (!valid) {
      errors.add(
          FieldError.invalid(
              field,
              key,
              "name part must consist of alphanumeric characters, '-', '_' or '.', and must start"
                  + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or"
                  + " '123-abc', regex used for validation is"
                  + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"));
    }
  }
}
