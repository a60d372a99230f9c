package io.llmgateway.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What an API server with our CRDs says of a resource of {@code llmgateway.io}. */
@FunctionalInterface
public interface Validator {
  /**
   * @param resource as written, with its namespace filled in; a validator may fill in defaults
   * @return a message for each thing wrong, unknown fields too, naming the field; empty when the
   *     resource would be admitted
   */
  List<String> check(ObjectNode resource);
}
