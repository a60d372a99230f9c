package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** A child object of one gateway, there or not. */
public record ChildRef(String kind, String name) {
  public static ChildRef of(HasMetadata object) {
    return new ChildRef(object.getKind(), object.getMetadata().getName());
  }
}
