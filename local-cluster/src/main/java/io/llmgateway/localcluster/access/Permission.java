package io.llmgateway.localcluster.access;

import io.llmgateway.localcluster.api.ResourceType;

/**
 * What a rule of RBAC allows.
 *
 * @param verb of RBAC: get, list, watch, create, update, patch, delete, deletecollection
 * @param group of the API; empty for the core
 * @param resource the plural, with a subresource after a slash
 */
public record Permission(String verb, String group, String resource)
    implements Comparable<Permission> {

  /**
   * @param subresource empty for the object itself
   */
  public static Permission of(String verb, ResourceType type, String subresource) {
    return new Permission(
        verb,
        type.group(),
        subresource.isEmpty() ? type.plural() : type.plural() + "/" + subresource);
  }

  /** As in {@code kubectl auth can-i}. */
  @Override
  public String toString() {
    int slash = resource.indexOf('/');
    String plural = slash < 0 ? resource : resource.substring(0, slash);
    String rest = slash < 0 ? "" : resource.substring(slash);
    return verb + " " + plural + (group.isEmpty() ? "" : "." + group) + rest;
  }

  @Override
  public int compareTo(Permission other) {
    return (group + " " + resource + " " + verb)
        .compareTo(other.group + " " + other.resource + " " + other.verb);
  }
}
