package io.llmgateway.localcluster.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds that are served now. Readers see one consistent table. */
public final class ResourceCatalog {
  private volatile SortedMap<String, ResourceType> byPath = new TreeMap<>();

  public ResourceCatalog() {
    BuiltinKinds.all().forEach(t -> byPath.put(path(t), t));
  }

  /** The kind at a path such as {@code apps/v1} and {@code deployments}. */
  public Optional<ResourceType> find(String apiVersion, String plural) {
    return Optional.ofNullable(byPath.get(apiVersion + "/" + plural));
  }

  public ResourceType require(String apiVersion, String plural) {
    return find(apiVersion, plural)
        .orElseThrow(() -> ApiError.notServed(plural + " of " + apiVersion));
  }

  /** A served version of the kind whose objects are in this bucket. */
  public Optional<ResourceType> ofBucket(String bucket) {
    return byPath.values().stream().filter(t -> t.bucket().equals(bucket)).findFirst();
  }

  public Collection<ResourceType> all() {
    return byPath.values();
  }

  /** Replaces every custom kind of this bucket by these versions; none: the kind goes away. */
  public synchronized void replaceCustom(String bucket, List<ResourceType> versions) {
    var next = new TreeMap<>(byPath);
    next.values().removeIf(t -> t.isCustom() && t.bucket().equals(bucket));
    versions.forEach(t -> next.put(path(t), t));
    byPath = next;
  }

  private static String path(ResourceType t) {
    return t.apiVersion() + "/" + t.plural();
  }
}
