package io.llmgateway.runtime.table;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Model names, exact or with one {@code *} at the end.
 *
 * @param exact names without a star
 * @param prefixes what stands before the star
 * @param all nothing was listed, so every name is meant
 */
public record ModelNames(Set<String> exact, List<String> prefixes, boolean all) {

  /** An empty list means every name. */
  public static ModelNames of(List<String> names) {
    return new ModelNames(
        names.stream().filter(n -> !n.endsWith("*")).collect(Collectors.toUnmodifiableSet()),
        names.stream()
            .filter(n -> n.endsWith("*"))
            .map(n -> n.substring(0, n.length() - 1))
            .toList(),
        names.isEmpty());
  }

  public boolean contains(String model) {
    return all || exact.contains(model) || prefixes.stream().anyMatch(model::startsWith);
  }
}
