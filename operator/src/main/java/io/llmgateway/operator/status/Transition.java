package io.llmgateway.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a condition that is worth an Event.
 *
 * @param warning whether something went wrong
 */
public record Transition(boolean warning, String reason, String message) {
  /** They come and go with every start and every change; the status has them. */
  private static final Set<String> IN_PASSING =
      Set.of(
          ConditionReasons.PENDING,
          ConditionReasons.MINTING,
          ConditionReasons.NOT_ISSUED,
          ConditionReasons.NOT_ACCEPTED);

  /** How a gateway starts, and no news then. */
  private static final Set<String> AT_FIRST =
      Set.of(ConditionReasons.NO_REPLICAS, ConditionReasons.UNAVAILABLE);

  private static final Set<String> ROUTINE =
      Set.of(ConditionTypes.PROGRAMMED, ConditionTypes.CONFIG_PROGRAMMED);

  /** In the order of {@code after}. */
  public static List<Transition> between(
      @Nullable List<Condition> before, @Nullable List<Condition> after) {
    List<Transition> transitions = new ArrayList<>();
    for (Condition now : after == null ? List.<Condition>of() : after) {
      Condition last = ConditionList.find(before, now.getType());
      if (isNews(last, now)) {
        Transition transition = new Transition(!isTrue(now), now.getReason(), now.getMessage());
        // Ready often only repeats what another condition has just said.
        if (!transitions.contains(transition)) {
          transitions.add(transition);
        }
      }
    }
    return transitions;
  }

  private static boolean isNews(@Nullable Condition last, Condition now) {
    if (ROUTINE.contains(now.getType())) {
      return false;
    }
    if (isTrue(now)) {
      return last == null || !isTrue(last) ? isWelcome(last, now) : false;
    }
    if (IN_PASSING.contains(now.getReason())) {
      return false;
    }
    return last == null
        ? !AT_FIRST.contains(now.getReason())
        : isTrue(last) || !now.getReason().equals(last.getReason()) && !isStart(last, now);
  }

  /** That all is well is said once, by Ready; and again by whatever was not. */
  private static boolean isWelcome(@Nullable Condition last, Condition now) {
    return ConditionTypes.READY.equals(now.getType())
        || last != null
            && !IN_PASSING.contains(last.getReason())
            && !AT_FIRST.contains(last.getReason());
  }

  private static boolean isStart(Condition last, Condition now) {
    return AT_FIRST.contains(now.getReason())
        && (AT_FIRST.contains(last.getReason()) || IN_PASSING.contains(last.getReason()));
  }

  private static boolean isTrue(Condition condition) {
    return "True".equals(condition.getStatus());
  }
}
