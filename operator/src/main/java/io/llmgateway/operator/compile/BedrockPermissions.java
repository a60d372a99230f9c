package io.llmgateway.operator.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The statements of a policy that allows exactly what backends call. */
record BedrockPermissions(
    String partition, String account, Map<InferenceProfile.Key, InferenceProfile> profiles) {
  private static final List<String> INVOKE =
      List.of(
          "bedrock:CountTokens", "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream");

  List<Map<String, Object>> of(List<BedrockUse> uses) {
    List<BedrockUse> own = uses.stream().filter(use -> use.assumeRoleArn() == null).toList();
    Set<String> models = new TreeSet<>();
    Map<String, InferenceProfile> byArn = new TreeMap<>();
    for (BedrockUse use : own) {
      InferenceProfile.Key key = InferenceProfile.of(use);
      if (key == null) {
        models.add(model(use));
      } else if (profiles.get(key) != null) {
        InferenceProfile profile = Objects.requireNonNull(profiles.get(key));
        byArn.put(profile.arn(), profile);
      }
    }
    List<Map<String, Object>> statements = new ArrayList<>();
    models.addAll(byArn.keySet());
    if (!models.isEmpty()) {
      statements.add(allow(INVOKE, models));
    }
    // The models behind a profile are called through it alone.
    byArn.forEach(
        (arn, profile) -> {
          Map<String, Object> behind = allow(INVOKE, new TreeSet<>(profile.models()));
          behind.put(
              "Condition", Map.of("StringEquals", Map.of("bedrock:InferenceProfileArn", arn)));
          statements.add(behind);
        });
    addUnlessEmpty(
        statements,
        "bedrock:ApplyGuardrail",
        own.stream().filter(u -> u.guardrail() != null).map(this::guardrail).collect(sorted()));
    if (own.stream().anyMatch(use -> use.model().contains("rerank"))) {
      statements.add(allow(List.of("bedrock:Rerank"), Set.of("*"))); // It knows no resources.
    }
    addUnlessEmpty(
        statements,
        "sts:AssumeRole",
        uses.stream()
            .map(BedrockUse::assumeRoleArn)
            .filter(Objects::nonNull)
            .map(arn -> (String) arn)
            .collect(sorted()));
    return statements;
  }

  private static java.util.stream.Collector<String, ?, TreeSet<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static void addUnlessEmpty(
      List<Map<String, Object>> statements, String action, Set<String> resources) {
    if (!resources.isEmpty()) {
      statements.add(allow(List.of(action), resources));
    }
  }

  private String model(BedrockUse use) {
    return use.model().startsWith("arn:")
        ? use.model()
        : "arn:" + partition + ":bedrock:" + use.region() + "::foundation-model/" + use.model();
  }

  private String guardrail(BedrockUse use) {
    String id = Objects.requireNonNull(use.guardrail());
    return id.startsWith("arn:")
        ? id
        : "arn:" + partition + ":bedrock:" + use.region() + ":" + account + ":guardrail/" + id;
  }

  private static Map<String, Object> allow(List<String> actions, Set<String> resources) {
    return new TreeMap<>(
        Map.of("Effect", "Allow", "Action", actions, "Resource", List.copyOf(resources)));
  }
}
