package io.llmgateway.operator.aws;

import io.llmgateway.operator.compile.GrantedProfiles;
import io.llmgateway.operator.compile.InferenceProfile;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of profiles. One route's mistake must not stop the others' models: what cannot be
 * looked up now is as the gateway's policy has it, and what Bedrock refuses is not known.
 */
record ProfileLookup(Map<InferenceProfile.Key, InferenceProfile> known, List<Problem> failures) {

  /**
   * @param policy that the gateway's role has; null for none
   */
  static ProfileLookup of(
      Set<InferenceProfile.Key> wanted, @Nullable String policy, AwsClients clients) {
    Map<InferenceProfile.Key, InferenceProfile> known = new HashMap<>();
    List<Problem> failures = new ArrayList<>();
    Set<InferenceProfile.Key> unanswered = new HashSet<>();
    for (InferenceProfile.Key key : wanted) {
      try {
        known.put(key, clients.inferenceProfile(key));
      } catch (AwsFailure e) {
        failures.add(e.problem());
        if (!e.problem().reason().equals(ConditionReasons.AWS_REFUSED)) {
          unanswered.add(key);
        }
      }
    }
    if (policy != null) {
      known.putAll(GrantedProfiles.of(policy, unanswered));
    }
    return new ProfileLookup(known, failures);
  }

  /** Always tells of the same failure first, so that the status does not change to and fro. */
  void check() throws AwsFailure {
    if (failures.isEmpty()) {
      return;
    }
    Problem first = Collections.min(failures, Comparator.comparing(Problem::message));
    throw new AwsFailure(
        failures.size() == 1
            ? first
            : new Problem(
                first.reason(), first.message() + " (and " + (failures.size() - 1) + " more)"));
  }
}
