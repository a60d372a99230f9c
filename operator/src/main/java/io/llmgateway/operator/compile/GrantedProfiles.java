package io.llmgateway.operator.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a gateway's policy, as {@link BedrockPermissions} wrote it once, says of profiles. */
public final class GrantedProfiles {
  private static final JsonMapper JSON = new JsonMapper();

  private GrantedProfiles() {}

  /**
   * Those of {@code wanted} that the policy has. It does not say which model is behind which of
   * them, so that each has all: a profile calls no model but its own.
   */
  public static Map<InferenceProfile.Key, InferenceProfile> of(
      String policy, Set<InferenceProfile.Key> wanted) {
    Map<InferenceProfile.Key, InferenceProfile> found = new HashMap<>();
    for (JsonNode statement : statements(policy)) {
      List<String> models = texts(statement.path("Resource"));
      for (String arn :
          texts(
              statement
                  .path("Condition")
                  .path("StringEquals")
                  .path(BedrockPermissions.PROFILE_CONDITION))) {
        for (InferenceProfile.Key key : wanted) {
          if (isMeant(key, arn)) {
            found.put(key, new InferenceProfile(arn, models));
          }
        }
      }
    }
    return found;
  }

  private static JsonNode statements(String policy) {
    try {
      return JSON.readTree(policy).path("Statement");
    } catch (JacksonException e) {
      return JSON.createArrayNode(); // Somebody else wrote it.
    }
  }

  private static boolean isMeant(InferenceProfile.Key key, String arn) {
    return arn.equals(key.id())
        || key.region().equals(Arn.region(arn)) && arn.endsWith(":inference-profile/" + key.id());
  }

  private static List<String> texts(JsonNode oneOrMore) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : oneOrMore.isString() ? List.of(oneOrMore) : oneOrMore) {
      if (text.isString()) {
        texts.add(text.stringValue());
      }
    }
    return texts;
  }
}
