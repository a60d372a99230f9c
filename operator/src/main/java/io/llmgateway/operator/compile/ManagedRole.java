package io.llmgateway.operator.compile;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An IAM role that the operator keeps for a gateway.
 *
 * @param uses what it may do, but for what profiles stand for
 */
public record ManagedRole(Trust trust, List<BedrockUse> uses) {
  /**
   * Of all these roles, so that the operator's own permissions can name them. That bounds which
   * roles it may write, not what it may write into them: a permissions boundary does.
   */
  public static final String PATH = "/llmgateway/";

  /** What IAM takes of a role's inline policies, white space not counted. */
  public static final int MAX_POLICY = 10_240;

  private static final JsonMapper JSON = new JsonMapper();

  /** What must be known before {@link #permissions}. */
  public Set<InferenceProfile.Key> profiles() {
    return uses.stream()
        .filter(use -> use.assumeRoleArn() == null)
        .map(InferenceProfile::of)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /**
   * The policy; null when nothing is to be allowed. It may be longer than {@link #MAX_POLICY}.
   *
   * @param known those of {@link #profiles} that there are; uses of others are left out
   */
  public @Nullable String permissions(Map<InferenceProfile.Key, InferenceProfile> known) {
    String exact = document(new BedrockPermissions(trust, known, false).of(uses));
    return exact == null || exact.length() <= MAX_POLICY
        ? exact
        : document(new BedrockPermissions(trust, known, true).of(uses));
  }

  private static @Nullable String document(List<Map<String, Object>> statements) {
    return statements.isEmpty()
        ? null
        : JSON.writeValueAsString(
            new TreeMap<>(Map.of("Version", "2012-10-17", "Statement", statements)));
  }
}
