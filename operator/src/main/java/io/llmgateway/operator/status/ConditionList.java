package io.llmgateway.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of one resource that keep the time of their last transition. */
final class ConditionList {
  /** The most that the schema admits. */
  private static final int MAX_MESSAGE = 32768;

  private final Instant now;
  private final @Nullable Long generation;
  private final List<Condition> before;
  private final List<Condition> conditions = new ArrayList<>();

  ConditionList(Instant now, @Nullable Long generation, @Nullable List<Condition> before) {
    this.now = now;
    this.generation = generation;
    this.before = before == null ? List.of() : before;
  }

  ConditionList add(String type, Standing standing) {
    String status = standing.isTrue() ? "True" : "False";
    Condition last = find(before, type);
    String since =
        last != null && status.equals(last.getStatus()) && last.getLastTransitionTime() != null
            ? last.getLastTransitionTime()
            : now.truncatedTo(ChronoUnit.SECONDS).toString();
    conditions.add(
        new ConditionBuilder()
            .withType(type)
            .withStatus(status)
            .withReason(standing.reason())
            .withMessage(shortened(standing.message()))
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build());
    return this;
  }

  List<Condition> list() {
    return List.copyOf(conditions);
  }

  static @Nullable Condition find(@Nullable List<Condition> conditions, String type) {
    return conditions == null
        ? null
        : conditions.stream().filter(c -> type.equals(c.getType())).findFirst().orElse(null);
  }

  /** Whether this very generation was found to be so before. */
  static boolean wasTrue(@Nullable List<Condition> before, String type, @Nullable Long generation) {
    Condition last = find(before, type);
    return last != null
        && "True".equals(last.getStatus())
        && last.getObservedGeneration() != null
        && last.getObservedGeneration().equals(generation);
  }

  static String shortened(String message) {
    return message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE - 1) + "\u2026";
  }
}
