package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What informers of one kind keep: each version of a resource once, however many informers have it,
 * and without its managed fields, which are most of it. Ten thousand keys would not fit the
 * operator's memory otherwise. Children of a gateway keep theirs: they tell whether one has
 * drifted.
 */
final class SharedItems<R extends HasMetadata> {
  private final Predicate<R> isChild;
  private final Map<String, R> newest = new ConcurrentHashMap<>();

  SharedItems(Predicate<R> isChild) {
    this.isChild = isChild;
  }

  /** For one informer. */
  ItemStore<R> store() {
    return new BasicItemStore<>(Cache::metaNamespaceKeyFunc) {
      @Override
      public R put(String key, R resource) {
        return super.put(key, share(key, resource));
      }

      @Override
      public R remove(String key) {
        newest.remove(key);
        return super.remove(key);
      }
    };
  }

  private R share(String key, R resource) {
    if (!isChild.test(resource)) {
      resource.getMetadata().setManagedFields(List.of());
    }
    return newest.merge(
        key, resource, (known, given) -> isSameVersion(known, given) ? known : given);
  }

  private static boolean isSameVersion(HasMetadata one, HasMetadata other) {
    return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid())
        && Objects.equals(
            one.getMetadata().getResourceVersion(), other.getMetadata().getResourceVersion());
  }
}
