package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The changes of one kind.
 *
 * @param inputs what of a resource decides whether a change is one of the spec
 * @param onSpec new, or another spec
 * @param onOther any other change, mostly one of the status
 */
record CacheEvents<T extends HasMetadata>(
    Function<? super T, Object> inputs,
    Consumer<? super T> onSpec,
    Consumer<? super T> onOther,
    Consumer<? super T> onGone)
    implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T resource) {
    onSpec.accept(resource);
  }

  @Override
  public void onUpdate(T before, T now) {
    String version = now.getMetadata().getResourceVersion();
    if (Objects.equals(before.getMetadata().getResourceVersion(), version)) {
      return; // The watch began anew.
    }
    if (inputs.apply(before).equals(inputs.apply(now))) {
      onOther.accept(now);
    } else {
      onSpec.accept(now);
    }
  }

  @Override
  public void onDelete(T resource, boolean finalStateUnknown) {
    onGone.accept(resource);
  }
}
