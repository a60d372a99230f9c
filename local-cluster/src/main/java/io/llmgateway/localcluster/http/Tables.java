package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.PrinterColumn;
import io.llmgateway.localcluster.api.ResourceType;
import java.time.Clock;
import java.util.List;

/** What {@code kubectl get} prints: meta.k8s.io/v1 Tables. */
final class Tables {
  private static final PrinterColumn NAME =
      new PrinterColumn("Name", "string", "name", "Name of the object.", 0, ".metadata.name");
  private static final List<PrinterColumn> AGE_ALONE =
      List.of(
          new PrinterColumn(
              "Age", "date", "", "Time since its creation.", 0, ".metadata.creationTimestamp"));

  private final Clock clock;

  Tables(Clock clock) {
    this.clock = clock;
  }

  static boolean wanted(Request r) {
    return r.accept().contains("as=Table");
  }

  ObjectNode of(ResourceType type, List<ObjectNode> objects, JsonNode metadata, Request r) {
    var table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", metadata);
    var columns =
        !type.isCustom()
            ? BuiltinColumns.of(type.bucket())
            : type.columns().isEmpty() ? AGE_ALONE : type.columns();
    var definitions = table.putArray("columnDefinitions");
    define(definitions, NAME);
    columns.forEach(c -> define(definitions, c));
    var rows = table.putArray("rows");
    for (var o : objects) {
      var row = rows.addObject();
      var cells = row.putArray("cells").add(Json.name(o));
      columns.forEach(c -> cell(cells, c, type, o));
      switch (r.parameter("includeObject")) {
        case "None" -> {}
        case "Object" -> row.set("object", o);
        default -> {
          var partial = row.putObject("object").put("kind", "PartialObjectMetadata");
          partial.put("apiVersion", "meta.k8s.io/v1").set("metadata", o.path("metadata"));
        }
      }
    }
    return table;
  }

  private static void define(ArrayNode definitions, PrinterColumn c) {
    definitions
        .addObject()
        .put("name", c.name())
        .put("type", c.type())
        .put("format", c.format())
        .put("description", c.description())
        .put("priority", c.priority());
  }

  private void cell(ArrayNode cells, PrinterColumn c, ResourceType type, ObjectNode o) {
    if (!type.isCustom() && !c.path().startsWith(".")) {
      cells.add(BuiltinColumns.cell(c.path(), o, clock.instant()));
      return;
    }
    var value = JsonPath.first(o, c.path());
    if (value == null) {
      cells.addNull();
    } else if (c.type().equals("date")) {
      cells.add(Ages.since(value.asText(), clock.instant()));
    } else if (c.type().equals("string")) {
      cells.add(value.isTextual() ? value.asText() : value.toString());
    } else {
      cells.add(value);
    }
  }
}
