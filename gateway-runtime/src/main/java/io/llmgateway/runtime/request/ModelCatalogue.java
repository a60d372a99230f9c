package io.llmgateway.runtime.request;

import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.table.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * {@code /v1/models} in the shape of <a
 * href="https://platform.openai.com/docs/api-reference/models">OpenAI's</a>.
 */
final class ModelCatalogue {
  private ModelCatalogue() {}

  /** The models that a key may call, by name. Patterns are left out: nobody can call a star. */
  static byte[] list(Snapshot snapshot, Key key) {
    StringBuilder out = new StringBuilder("{\"object\":\"list\",\"data\":[");
    String comma = "";
    for (Map.Entry<String, Route> model : new TreeMap<>(snapshot.routes().exact()).entrySet()) {
      if (key.allowedModels().contains(model.getKey())) {
        out.append(comma);
        append(model.getKey(), model.getValue(), out);
        comma = ",";
      }
    }
    return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] one(String id, Route route) {
    StringBuilder out = new StringBuilder();
    append(id, route, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Of a route without a backend, which is served with 503, nobody knows who would serve it. */
  private static String owner(Route route) {
    return route.backends().isEmpty() ? "unknown" : route.backends().getFirst().provider().system();
  }

  private static void append(String id, Route route, StringBuilder out) {
    out.append("{\"id\":\"");
    JsonStringEncoder.getInstance().quoteAsString(id, out);
    // Nobody told us when the model was made, and the SDKs want a number.
    out.append("\",\"object\":\"model\",\"created\":0,\"owned_by\":\"");
    JsonStringEncoder.getInstance().quoteAsString(owner(route), out);
    out.append("\"}");
  }
}
