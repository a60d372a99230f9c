package io.llmgateway.operator.status;

import static io.llmgateway.operator.status.ConditionTypes.ACCEPTED;
import static io.llmgateway.operator.status.ConditionTypes.ISSUED;
import static io.llmgateway.operator.status.ConditionTypes.PROGRAMMED;
import static io.llmgateway.operator.status.ConditionTypes.READY;

import io.fabric8.kubernetes.api.model.Condition;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.ApiKeyStatus;
import io.llmgateway.operator.compile.KeyVerdict;
import io.llmgateway.operator.compile.MintedSecret;
import io.llmgateway.operator.compile.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The status of an ApiKey. */
public final class KeyStatuses {
  private KeyStatuses() {}

  /** Of a key whose gateway does not exist. */
  public static ApiKeyStatus unattached(ApiKey key, Problem problem, Instant now) {
    return of(key, KeyVerdict.refused(key, problem), new Rollout(null, null, false, 0, 0), now);
  }

  /**
   * @param key as it is now, with the status published last
   */
  public static ApiKeyStatus of(ApiKey key, KeyVerdict verdict, Rollout rollout, Instant now) {
    ApiKeyStatus before = key.getStatus();
    List<Condition> conditionsBefore = before == null ? null : before.conditions();
    Long generation = key.getMetadata().getGeneration();
    Standing accepted =
        verdict.refused() == null
            ? Standing.yes(ACCEPTED, "the gateway takes this key")
            : Standing.no(verdict.refused());
    Standing issued = accepted.isTrue() ? issued(verdict) : notAccepted();
    boolean sameKey = before != null && Objects.equals(before.keyId(), verdict.keyId());
    Standing programmed =
        !accepted.isTrue()
            ? notAccepted()
            : !issued.isTrue()
                ? Standing.because(ConditionReasons.NOT_ISSUED, ISSUED)
                : Programmed.of(rollout, sameKey ? conditionsBefore : null, generation);
    return new ApiKeyStatus(
        verdict.keyId(),
        verdict.keyId() == null ? null : MintedSecret.nameFor(key),
        new ConditionList(now, generation, conditionsBefore)
            .add(ACCEPTED, accepted)
            .add(ISSUED, issued)
            .add(PROGRAMMED, programmed)
            .add(READY, ready(key.getSpec(), accepted, issued, programmed, now))
            .list());
  }

  /** When the key ends; null when it never does, or its text is no time. */
  public static @Nullable Instant expiry(ApiKey key) {
    String text = key.getSpec().expiresAt();
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null; // The verdict says what is wrong with it.
    }
  }

  private static Standing issued(KeyVerdict verdict) {
    if (verdict.toBeMinted()) {
      return Standing.no(ConditionReasons.MINTING, "the key is about to be minted");
    }
    return verdict.notIssued() != null
        ? Standing.no(verdict.notIssued())
        : Standing.yes(ISSUED, "the key exists");
  }

  private static Standing ready(
      ApiKeySpec spec, Standing accepted, Standing issued, Standing programmed, Instant now) {
    if (!accepted.isTrue()) {
      return notAccepted();
    }
    if (!issued.isTrue()) {
      return Standing.because(ConditionReasons.NOT_ISSUED, ISSUED);
    }
    if (Boolean.TRUE.equals(spec.disabled())) {
      return Standing.no(ConditionReasons.DISABLED, "spec.disabled is true, so the key gets 401");
    }
    if (spec.expiresAt() != null
        && !now.isBefore(OffsetDateTime.parse(spec.expiresAt()).toInstant())) {
      return Standing.no(
          ConditionReasons.EXPIRED,
          "spec.expiresAt, " + spec.expiresAt() + ", is over, so the key gets 401");
    }
    return programmed.isTrue() ? Standing.yes(READY, "the key may be used") : programmed;
  }

  private static Standing notAccepted() {
    return Standing.because(ConditionReasons.NOT_ACCEPTED, ACCEPTED);
  }
}
