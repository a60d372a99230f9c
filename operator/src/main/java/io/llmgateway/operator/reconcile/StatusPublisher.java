package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.llmgateway.operator.status.Transition;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a status that differs from the one that is there, and an Event for what it changes. */
final class StatusPublisher<R extends CustomResource<?, S>, S> {
  private final EventRecorder events;
  private final Supplier<R> empty;
  private final Function<S, @Nullable List<Condition>> conditions;

  /**
   * @param empty makes a resource to carry the status alone
   */
  StatusPublisher(
      EventRecorder events, Supplier<R> empty, Function<S, @Nullable List<Condition>> conditions) {
    this.events = events;
    this.empty = empty;
    this.conditions = conditions;
  }

  void publish(R resource, S wanted, Context<R> context) {
    S actual = resource.getStatus();
    if (Objects.equals(actual, wanted)) {
      return;
    }
    R carrier = empty.get();
    carrier.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .build());
    carrier.setStatus(wanted);
    context.resourceOperations().serverSideApplyPrimaryStatus(carrier);
    Transition.between(actual == null ? null : conditions.apply(actual), conditions.apply(wanted))
        .forEach(t -> events.record(resource, t));
  }
}
