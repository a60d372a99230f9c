package io.llmgateway.operator.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of a policy that allows exactly what backends call.
 *
 * @param profiles what the uses' profiles are
 * @param anyRegion names the models behind profiles once, not once for each region, for policies
 *     that would be too long: where a profile's requests go is the profile's to say all the same
 */
record BedrockPermissions(
    Trust trust, Map<InferenceProfile.Key, InferenceProfile> profiles, boolean anyRegion) {
  private static final List<String> INVOKE =
      List.of(
          "bedrock:CountTokens", "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream");
  static final String PROFILE_CONDITION = "bedrock:InferenceProfileArn";

  List<Map<String, Object>> of(List<BedrockUse> uses) {
    List<BedrockUse> own = uses.stream().filter(use -> use.assumeRoleArn() == null).toList();
    Set<String> called = new TreeSet<>();
    Set<String> profileArns = new TreeSet<>();
    Set<String> behind = new TreeSet<>();
    for (BedrockUse use : own) {
      InferenceProfile.Key key = InferenceProfile.of(use);
      if (key == null) {
        Stream.of(model(use)).filter(this::isTaken).forEach(called::add);
      } else if (profiles.get(key) != null) {
        InferenceProfile profile = Objects.requireNonNull(profiles.get(key));
        profileArns.add(profile.arn());
        profile.models().stream().map(this::behind).forEach(behind::add);
      }
    }
    called.addAll(profileArns);
    List<Map<String, Object>> statements = new ArrayList<>();
    if (!called.isEmpty()) {
      statements.add(allow(INVOKE, called));
    }
    if (!behind.isEmpty()) {
      // One statement for all: through a profile, no model but its own can be called.
      Map<String, Object> through = allow(INVOKE, behind);
      through.put("Condition", Map.of("StringEquals", Map.of(PROFILE_CONDITION, one(profileArns))));
      statements.add(through);
    }
    addUnlessEmpty(
        statements,
        List.of("bedrock:ApplyGuardrail"),
        own.stream()
            .filter(u -> u.guardrail() != null)
            .map(this::guardrail)
            .filter(this::isTaken)
            .collect(sorted()));
    if (own.stream().anyMatch(use -> use.model().contains("rerank"))) {
      statements.add(allow(List.of("bedrock:Rerank"), Set.of("*"))); // It knows no resources.
    }
    addUnlessEmpty(
        statements,
        // Sessions of EKS have tags, which the next role's session inherits.
        trust instanceof Trust.OfPods
            ? List.of("sts:AssumeRole", "sts:TagSession")
            : List.of("sts:AssumeRole"),
        uses.stream()
            .map(BedrockUse::assumeRoleArn)
            .filter(Objects::nonNull)
            .map(arn -> (String) arn)
            .filter(this::isTaken)
            .collect(sorted()));
    return statements;
  }

  private static java.util.stream.Collector<String, ?, TreeSet<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static void addUnlessEmpty(
      List<Map<String, Object>> statements, List<String> actions, Set<String> resources) {
    if (!resources.isEmpty()) {
      statements.add(allow(actions, resources));
    }
  }

  /** IAM refuses the whole policy for one name that it cannot read, or of another partition. */
  private boolean isTaken(String arn) {
    return arn.matches(
        "arn:" + trust.partition() + ":(bedrock|iam):[a-z0-9-]*:[0-9]*:[\\w+=,.@:/*-]+");
  }

  private String model(BedrockUse use) {
    return use.model().startsWith("arn:")
        ? use.model()
        : arn(use.region(), "", "foundation-model/" + use.model());
  }

  private String behind(String modelArn) {
    String[] parts = modelArn.split(":", 6);
    if (!anyRegion || parts.length < 6 || parts[3].isEmpty()) {
      return modelArn;
    }
    parts[3] = "*";
    return String.join(":", parts);
  }

  private String guardrail(BedrockUse use) {
    String id = Objects.requireNonNull(use.guardrail());
    return id.startsWith("arn:") ? id : arn(use.region(), trust.account(), "guardrail/" + id);
  }

  private String arn(String region, String account, String resource) {
    return "arn:" + trust.partition() + ":bedrock:" + region + ":" + account + ":" + resource;
  }

  private static Map<String, Object> allow(List<String> actions, Set<String> resources) {
    return new TreeMap<>(
        Map.of("Effect", "Allow", "Action", one(actions), "Resource", one(resources)));
  }

  /** Shorter than a list of one, and the same to IAM. */
  private static Object one(Collection<String> values) {
    return values.size() == 1 ? values.iterator().next() : List.copyOf(values);
  }
}
