package io.llmgateway.operator.compile;

import java.util.EnumSet;
import java.util.Set;

/**
 * What does not depend on the gateway: the operator's release, and the cluster.
 *
 * @param defaultImage the proxy image of the operator's own release, with tag or digest
 * @param served kinds of other projects whose objects the cluster takes
 */
public record Installation(String defaultImage, Set<ForeignKind> served) {

  /** A cluster that has everything. */
  public static Installation complete(String defaultImage) {
    return new Installation(defaultImage, EnumSet.allOf(ForeignKind.class));
  }
}
