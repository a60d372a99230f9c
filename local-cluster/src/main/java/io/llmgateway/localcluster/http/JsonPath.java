package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSONPath of printer columns: fields, indexes, {@code [*]} and filters by equality. */
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.((?:[^.\\[\\]\\\\]|\\\\.)+)"
              + "|\\['([^']*)'\\]"
              + "|\\[(-?[0-9]+|\\*)\\]"
              + "|\\[\\?\\(@\\.([^=\\s]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)\\]");

  private JsonPath() {}

  /** The first hit, or null. */
  static @Nullable JsonNode first(JsonNode root, String path) {
    List<JsonNode> found = List.of(root);
    int end = 0;
    for (var m = STEP.matcher(path); m.find(end) && m.start() == end; end = m.end()) {
      var next = new ArrayList<JsonNode>();
      for (var node : found) {
        if (m.group(1) != null) {
          child(node, m.group(1).replace("\\", ""), next);
        } else if (m.group(2) != null) {
          child(node, m.group(2), next);
        } else if (m.group(3) != null) {
          items(node, m.group(3), next);
        } else {
          for (var item : node) {
            if (item.at("/" + m.group(4).replace('.', '/')).asText().equals(m.group(5))) {
              next.add(item);
            }
          }
        }
      }
      found = next;
    }
    return end < path.length() || found.isEmpty() ? null : found.getFirst();
  }

  private static void child(JsonNode node, String name, List<JsonNode> next) {
    if (node.hasNonNull(name)) {
      next.add(node.get(name));
    }
  }

  private static void items(JsonNode node, String index, List<JsonNode> next) {
    if (index.equals("*")) {
      node.forEach(next::add);
      return;
    }
    int i = Integer.parseInt(index);
    var item = node.get(i < 0 ? node.size() + i : i);
    if (item != null) {
      next.add(item);
    }
  }
}
