package io.llmgateway.localcluster.write;

import io.llmgateway.localcluster.api.FieldError;

/**
 * Who owns fields, and how he wrote them.
 *
 * @param operation {@code Apply} or {@code Update}
 * @param subresource empty for the object itself
 */
record FieldOwner(String manager, String operation, String apiVersion, String subresource) {
  static final String APPLY = "Apply";
  static final String UPDATE = "Update";

  /** As conflicts name him. */
  String shown() {
    var s = FieldError.quoted(manager);
    if (!subresource.isEmpty()) {
      s += " with subresource " + FieldError.quoted(subresource);
    }
    return operation.equals(UPDATE) ? s + " using " + apiVersion : s;
  }
}
