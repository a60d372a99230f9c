package io.llmgateway.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {
  private static Condition condition(String type, String status, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("m")
        .build();
  }

  private static List<String> between(List<Condition> before, List<Condition> after) {
    return Transition.between(before, after).stream()
        .map(t -> (t.warning() ? "Warning " : "Normal ") + t.reason())
        .toList();
  }

  @Test
  void aGoodStartIsSaidOnce() {
    assertThat(
            between(
                List.of(),
                List.of(
                    condition("Accepted", "True", "Accepted"),
                    condition("Available", "True", "Available"),
                    condition("Ready", "True", "Ready"))))
        .containsExactly("Normal Ready");
  }

  @Test
  void whatComesWithEveryStartIsNoNews() {
    assertThat(
            between(
                List.of(),
                List.of(
                    condition("Available", "False", "Unavailable"),
                    condition("Issued", "False", "Minting"),
                    condition("Programmed", "False", "Pending"),
                    condition("Ready", "False", "NoReplicas"))))
        .isEmpty();
    assertThat(
            between(
                List.of(condition("Ready", "False", "Unavailable")),
                List.of(condition("Ready", "False", "NoReplicas"))))
        .isEmpty();
  }

  @Test
  void whatGoesWrongIsSaidAndWhatMendsToo() {
    Condition good = condition("Accepted", "True", "Accepted");
    Condition bad = condition("Accepted", "False", "NameTaken");
    assertThat(between(List.of(good), List.of(bad))).containsExactly("Warning NameTaken");
    assertThat(between(List.of(), List.of(bad))).containsExactly("Warning NameTaken");
    assertThat(between(List.of(bad), List.of(bad))).isEmpty();
    assertThat(between(List.of(bad), List.of(good))).containsExactly("Normal Accepted");
    assertThat(between(List.of(bad), List.of(condition("Accepted", "False", "InvalidImage"))))
        .containsExactly("Warning InvalidImage");
  }

  @Test
  void losingAllReplicasIsNews() {
    assertThat(
            between(
                List.of(condition("Ready", "True", "Ready")),
                List.of(condition("Ready", "False", "NoReplicas"))))
        .containsExactly("Warning NoReplicas");
  }

  @Test
  void eachChangeOfConfigurationIsNoNews() {
    Condition there = condition("ConfigProgrammed", "True", "ConfigProgrammed");
    Condition onItsWay = condition("ConfigProgrammed", "False", "Pending");
    assertThat(between(List.of(there), List.of(onItsWay))).isEmpty();
    assertThat(between(List.of(onItsWay), List.of(there))).isEmpty();
  }

  @Test
  void readyDoesNotRepeatWhatAnotherConditionSays() {
    assertThat(
            between(
                List.of(),
                List.of(
                    condition("Accepted", "False", "NameTaken"),
                    condition("Ready", "False", "NameTaken"))))
        .containsExactly("Warning NameTaken");
  }
}
