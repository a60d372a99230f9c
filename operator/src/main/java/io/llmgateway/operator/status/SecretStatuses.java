package io.llmgateway.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus.SecretStatus;
import io.llmgateway.operator.compile.Problem;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a status says of pulled secrets. What was said before an operator started stays until it has
 * tried each of them itself.
 */
final class SecretStatuses {
  private SecretStatuses() {}

  /** Null for none. */
  static @Nullable List<SecretStatus> list(
      List<SecretSync> syncs, @Nullable LlmGatewayStatus before) {
    return syncs.isEmpty() ? null : syncs.stream().map(sync -> of(sync, before)).toList();
  }

  private static SecretStatus of(SecretSync sync, @Nullable LlmGatewayStatus before) {
    SecretStatus last =
        before == null || before.secrets() == null
            ? null
            : before.secrets().stream()
                .filter(s -> s.name().equals(sync.name()))
                .findFirst()
                .orElse(null);
    if (sync.versionId() == null || sync.since() == null) {
      return last == null ? new SecretStatus(sync.name(), null, null) : last;
    }
    String since = sync.since().truncatedTo(ChronoUnit.SECONDS).toString();
    // The same version as before a restart is no news, and no reason to write.
    return last != null
            && sync.versionId().equals(last.versionId())
            && last.lastSyncedTime() != null
            && !wasFailing(before)
        ? last
        : new SecretStatus(sync.name(), sync.versionId(), since);
  }

  private static boolean wasFailing(@Nullable LlmGatewayStatus before) {
    Condition synced =
        ConditionList.find(
            before == null ? null : before.conditions(), ConditionTypes.SECRETS_SYNCED);
    return synced != null && "False".equals(synced.getStatus());
  }

  /** Null when no secret is pulled. */
  static @Nullable Standing standing(List<SecretSync> syncs, @Nullable LlmGatewayStatus before) {
    if (syncs.isEmpty()) {
      return null;
    }
    List<Problem> failures =
        syncs.stream()
            .map(SecretSync::failure)
            .filter(Objects::nonNull)
            .map(p -> (Problem) p)
            .toList();
    if (!failures.isEmpty()) {
      return Standing.no(failures);
    }
    Standing yes =
        Standing.yes(
            ConditionTypes.SECRETS_SYNCED, "every secret is as it is in AWS Secrets Manager");
    if (syncs.stream().noneMatch(SecretSync::isPending)) {
      return yes;
    }
    Condition last =
        ConditionList.find(
            before == null ? null : before.conditions(), ConditionTypes.SECRETS_SYNCED);
    return last == null
        ? Standing.no(ConditionReasons.PENDING, "the secrets are being read for the first time")
        : new Standing("True".equals(last.getStatus()), last.getReason(), last.getMessage());
  }
}
