package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import io.llmgateway.localcluster.store.Selectors;
import io.llmgateway.localcluster.write.Deletion;
import io.llmgateway.localcluster.write.Writer;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** The verbs on objects and their subresources. */
public final class ResourceRoutes {
  private final ObjectStore store;
  private final Writer writer;
  private final Deletion deletion;
  private final Scale scale;
  private final LogRoute logs;
  private final Tables tables;

  public ResourceRoutes(
      ObjectStore store, Writer writer, Deletion deletion, LogRoute logs, Clock clock) {
    this.store = store;
    this.writer = writer;
    this.deletion = deletion;
    this.logs = logs;
    scale = new Scale(writer);
    tables = new Tables(clock);
  }

  Reply answer(Request r, Target t) {
    if (r.accept().contains("as=PartialObjectMetadata")) {
      throw new ApiError(
          406, "NotAcceptable", "local-cluster does not serve PartialObjectMetadata: ask for JSON");
    }
    return switch (t.subresource()) {
      case "" -> t.name().isEmpty() ? collection(r, t) : object(r, t);
      case "status" -> {
        if (!t.type().hasStatus()) {
          throw ApiError.notServed("the status subresource of " + t.type().groupResource());
        }
        yield status(r, t);
      }
      case "scale" -> scale.answer(r, t);
      case "log" -> logs.answer(r, t);
      case "exec", "attach", "portforward" ->
          throw new ApiError(
              501,
              "NotImplemented",
              "local-cluster does not serve "
                  + t.subresource()
                  + ": pods here are processes of this machine, reach them on 127.0.0.1");
      default ->
          throw ApiError.notServed(
              "the subresource " + t.subresource() + " of " + t.type().groupResource());
    };
  }

  private Reply collection(Request r, Target t) {
    return switch (r.method()) {
      case "GET" -> r.flag("watch") ? watch(r, t) : list(r, t);
      case "POST" -> {
        var options = r.writeOptions();
        var given = r.object();
        if (t.type().namespaced() && t.namespace().isEmpty()) {
          throw ApiError.badRequest("an empty namespace may not be set during creation");
        }
        var stored = EventForms.toStored(t.type(), given);
        var made = writer.create(EventForms.storedType(t.type()), t.namespace(), stored, options);
        yield Reply.json(201, present(t.type(), made), options.warnings());
      }
      case "DELETE" -> deleteCollection(r, t);
      default -> throw notAllowed(r);
    };
  }

  private Reply object(Request r, Target t) {
    return switch (r.method()) {
      case "GET" -> {
        if (r.flag("watch")) {
          yield watch(r, t);
        }
        var o = present(t.type(), writer.read(t.type(), t.key().namespace(), t.name()));
        yield Reply.json(
            200, Tables.wanted(r) ? tables.of(t.type(), List.of(o), Json.object(), r) : o);
      }
      case "PUT" -> {
        var options = r.writeOptions();
        var given = EventForms.toStored(t.type(), r.object());
        var done =
            writer.update(
                EventForms.storedType(t.type()),
                t.key().namespace(),
                t.name(),
                t.subresource(),
                given,
                options);
        yield Reply.json(200, present(t.type(), done), options.warnings());
      }
      case "PATCH" -> patch(r, t);
      case "DELETE" -> {
        var outcome = deletion.delete(t.type(), t.key(), deleteOptions(r));
        yield Reply.json(
            200,
            outcome.gone() ? deleted(t, outcome.object()) : present(t.type(), outcome.object()));
      }
      default -> throw notAllowed(r);
    };
  }

  private Reply status(Request r, Target t) {
    if (!List.of("GET", "PUT", "PATCH").contains(r.method())) {
      throw notAllowed(r);
    }
    return object(r, t);
  }

  private Reply patch(Request r, Target t) {
    var options = r.writeOptions();
    var type = EventForms.storedType(t.type());
    if (!r.mediaType().startsWith("application/apply-patch")) {
      if (options.force()) {
        throw ApiError.invalid(
            "meta.k8s.io",
            "PatchOptions",
            "",
            List.of(FieldError.forbidden("force", "may not be specified for non-apply patch")));
      }
      var done =
          writer.patch(
              type,
              t.key().namespace(),
              t.name(),
              t.subresource(),
              r.node(),
              r.mediaType(),
              options);
      return Reply.json(200, present(t.type(), done), options.warnings());
    }
    if (r.parameter("fieldManager").isEmpty()) {
      throw ApiError.invalid(
          "meta.k8s.io",
          "PatchOptions",
          "",
          List.of(FieldError.required("fieldManager", "is required for apply patch")));
    }
    var applied =
        writer.apply(
            type,
            t.key().namespace(),
            t.name(),
            t.subresource(),
            EventForms.toStored(t.type(), r.object()),
            options);
    return Reply.json(
        applied.created() ? 201 : 200, present(t.type(), applied.object()), options.warnings());
  }

  private Reply list(Request r, Target t) {
    var page = Page.of(r, store.list(t.type().bucket(), t.key().namespace()));
    var wanted = selected(r, t);
    var chosen = page.take(o -> wanted.test(present(t.type(), o)));
    var metadata = page.metadata();
    var items = chosen.stream().map(o -> present(t.type(), o)).toList();
    if (Tables.wanted(r)) {
      return Reply.json(200, tables.of(t.type(), items, metadata, r));
    }
    return Reply.json(200, listOf(t.type(), items, metadata));
  }

  private static Predicate<JsonNode> selected(Request r, Target t) {
    return Selectors.of(
        t.type().bucket(), r.parameter("labelSelector"), r.parameter("fieldSelector"));
  }

  private static ObjectNode listOf(ResourceType type, List<ObjectNode> items, JsonNode metadata) {
    var list = Json.object().put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
    list.set("metadata", metadata);
    list.putArray("items").addAll(items);
    return list;
  }

  private Reply watch(Request r, Target t) {
    if (r.upgrade()) {
      // fabric8 asks for a WebSocket first. An empty success makes it fall back to plain HTTP.
      return Reply.text("");
    }
    var wanted = selected(r, t);
    var one = t.name();
    return new WatchStream(
            store,
            t.type(),
            t.key().namespace(),
            one.isEmpty() ? wanted : wanted.and(o -> Json.name(o).equals(one)),
            tables,
            r)
        .reply();
  }

  private Reply deleteCollection(Request r, Target t) {
    var wanted = selected(r, t);
    var options = deleteOptions(r);
    var listing = store.list(t.type().bucket(), t.key().namespace());
    var chosen = listing.objects().stream().filter(wanted).toList();
    for (var o : chosen) {
      try {
        deletion.delete(t.type(), ObjectKey.of(t.type().bucket(), o), options);
      } catch (ApiError e) {
        if (e.code() != 404) {
          throw e;
        }
      }
    }
    var metadata = Json.object().put("resourceVersion", Long.toString(store.version()));
    return Reply.json(200, listOf(t.type(), chosen, metadata));
  }

  private static Deletion.Options deleteOptions(Request r) {
    var body = r.body().length == 0 ? Json.object() : r.object();
    var propagation = body.path("propagationPolicy").asText(r.parameter("propagationPolicy"));
    if (body.path("orphanDependents").asBoolean()) {
      propagation = "Orphan";
    }
    boolean dryRun =
        r.parameter("dryRun").equals("All")
            || body.path("dryRun").valueStream().anyMatch(d -> d.asText().equals("All"));
    return new Deletion.Options(
        propagation.isEmpty() ? "Background" : propagation,
        body.path("preconditions").path("uid").asText(""),
        body.path("preconditions").path("resourceVersion").asText(""),
        dryRun);
  }

  private static ObjectNode deleted(Target t, ObjectNode object) {
    var s = Json.object().put("kind", "Status").put("apiVersion", "v1");
    s.putObject("metadata");
    s.put("status", "Success");
    var details = s.putObject("details").put("name", t.name());
    if (!t.type().group().isEmpty()) {
      details.put("group", t.type().group());
    }
    details.put("kind", t.type().plural()).put("uid", Json.uid(object));
    return s;
  }

  /** The stored object as this version of its kind shows it. */
  static ObjectNode present(ResourceType type, ObjectNode stored) {
    if (stored.path("apiVersion").asText().equals(type.apiVersion())) {
      return stored;
    }
    var shown = EventForms.toShown(type, stored);
    shown.put("apiVersion", type.apiVersion());
    return shown;
  }

  private static ApiError notAllowed(Request r) {
    return new ApiError(
        405, "MethodNotAllowed", "the server does not allow " + r.method() + " on this resource");
  }
}
