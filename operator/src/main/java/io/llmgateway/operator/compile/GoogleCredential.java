package io.llmgateway.operator.compile;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credentials of Google Cloud, as {@code gcloud} writes them into files. */
final class GoogleCredential {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_BYTES = 16 * 1024;
  private static final Set<String> OWN = Set.of("service_account", "authorized_user");

  /** Such a credential has the gateway read a file of its pod and send it to a URL. */
  private static final Set<String> FEDERATED =
      Set.of("external_account", "impersonated_service_account");

  private GoogleCredential() {}

  /** Named by the gateway's own administrators. */
  static String ofGateway(String field, byte[] value) throws Refusal {
    Set<String> types = new TreeSet<>(OWN);
    types.addAll(FEDERATED);
    return json(field, value, types);
  }

  /** Named by a route, whose author is not to reach the gateway's files. */
  static String ofRoute(String field, byte[] value) throws Refusal {
    return json(field, value, OWN);
  }

  private static String json(String field, byte[] value, Set<String> types) throws Refusal {
    if (value.length > MAX_BYTES) {
      throw invalid(field, "is longer than " + MAX_BYTES + " bytes");
    }
    JsonNode credential;
    try {
      credential = JSON.readTree(value);
    } catch (JacksonException e) {
      throw invalid(field, "is no JSON; it must be the key file of a service account");
    }
    String type = credential.path("type").asString("");
    if (FEDERATED.contains(type) && !types.contains(type)) {
      throw invalid(
          field,
          "is of type "
              + type
              + ", which only spec.secrets of the LlmGateway may hold: name it by credential");
    }
    if (!types.contains(type)) {
      throw invalid(
          field, "must be JSON whose type is one of " + String.join(", ", new TreeSet<>(types)));
    }
    return JSON.writeValueAsString(credential);
  }

  private static Refusal invalid(String field, String what) {
    return new Refusal(Reasons.SECRET_VALUE_INVALID, field + ": the entry " + what);
  }
}
