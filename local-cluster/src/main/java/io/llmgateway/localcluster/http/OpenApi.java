package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.schema.Schema;
import java.util.List;

/**
 * OpenAPI v3, as far as kubectl reads it: the schemas of custom resources for {@code explain}, and
 * that the server validates fields, without which kubectl would insist on doing so itself.
 */
final class OpenApi {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private static final String V2_PROTOBUF =
      "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

  /** The message's first field, {@code swagger}, is "2.0". */
  private static final byte[] SWAGGER_2 = {0x0a, 3, '2', '.', '0'};

  private final ResourceCatalog catalog;

  OpenApi(ResourceCatalog catalog) {
    this.catalog = catalog;
  }

  Reply answer(Request r) {
    var path = r.path();
    if (path.equals(List.of("openapi", "v2"))) {
      return emptyV2(r);
    }
    if (path.size() < 2 || !path.get(1).equals("v3")) {
      throw ApiError.notServed("/" + String.join("/", path) + "; OpenAPI v3 is at /openapi/v3");
    }
    if (path.size() == 2) {
      return index();
    }
    var prefix = "/" + String.join("/", path.subList(2, path.size()));
    var types = catalog.all().stream().filter(t -> t.prefix().equals(prefix)).toList();
    if (types.isEmpty()) {
      throw ApiError.notServed("an OpenAPI document of " + prefix);
    }
    return Reply.json(200, document(types));
  }

  /**
   * A v2 document that describes nothing. kubectl wants one before it applies a {@code kind: List},
   * and does not validate itself what it finds no description of.
   */
  // As a real server, whose answer names the type that was asked for without the @, no MIME
  // character.
  private static Reply emptyV2(Request r) {
    return r.accept().contains(V2_PROTOBUF)
        ? new Reply.Whole(200, V2_PROTOBUF.replace('@', '.'), SWAGGER_2, List.of())
        : Reply.json(200, Json.object().put("swagger", "2.0"));
  }

  private Reply index() {
    var o = Json.object();
    var paths = o.putObject("paths");
    for (var t : catalog.all()) {
      paths.putObject(t.prefix().substring(1)).put("serverRelativeURL", "/openapi/v3" + t.prefix());
    }
    return Reply.json(200, o);
  }

  private static ObjectNode document(List<ResourceType> types) {
    var o = Json.object().put("openapi", "3.0.0");
    o.putObject("info").put("title", "local-cluster").put("version", "v1.32");
    var paths = o.putObject("paths");
    var schemas = o.putObject("components").putObject("schemas");
    schemas.set(META, objectMeta());
    for (var t : types) {
      var gvk =
          Json.object().put("group", t.group()).put("kind", t.kind()).put("version", t.version());
      var collection =
          t.prefix() + (t.namespaced() ? "/namespaces/{namespace}/" : "/") + t.plural();
      operation(paths.putObject(collection).putObject("post"), "post", gvk);
      var item = paths.putObject(collection + "/{name}");
      for (var verb : List.of("get", "put", "patch", "delete")) {
        operation(item.putObject(verb), verb, gvk);
      }
      var schema = schema(t);
      schema.putArray("x-kubernetes-group-version-kind").add(gvk);
      schemas.set(schemaName(t), schema);
    }
    return o;
  }

  private static void operation(ObjectNode op, String action, ObjectNode gvk) {
    op.put("x-kubernetes-action", action).set("x-kubernetes-group-version-kind", gvk);
    for (var name : List.of("dryRun", "fieldManager", "fieldValidation")) {
      var parameter = op.withArray("/parameters").addObject().put("name", name).put("in", "query");
      parameter.putObject("schema").put("type", "string").put("uniqueItems", true);
    }
    op.putObject("responses").putObject("200").put("description", "OK");
  }

  private static String schemaName(ResourceType t) {
    return (t.group().isEmpty() ? "core" : t.group()) + "." + t.version() + "." + t.kind();
  }

  private static ObjectNode schema(ResourceType t) {
    Schema custom = t.schema();
    ObjectNode schema;
    if (custom != null) {
      schema = (ObjectNode) custom.source().deepCopy();
    } else {
      schema = Json.object().put("type", "object");
      schema.put(
          "description",
          "A built-in kind: local-cluster holds no schema of it. See"
              + " https://kubernetes.io/docs/reference/kubernetes-api/");
    }
    var properties = schema.withObject("/properties");
    described(properties, "apiVersion", "The group and version of this kind.");
    described(properties, "kind", "The kind of this object.");
    var meta = properties.putObject("metadata").put("description", "Standard object's metadata.");
    meta.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + META);
    if (custom == null) {
      properties.putObject("spec").put("type", "object").put("description", "What is wanted.");
      if (t.hasStatus()) {
        properties
            .putObject("status")
            .put("type", "object")
            .put("description", "What is observed.");
      }
    }
    return schema;
  }

  private static void described(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }

  private static ObjectNode objectMeta() {
    var o = Json.object().put("type", "object");
    o.put("description", "ObjectMeta is metadata that all persisted resources must have.");
    var p = o.putObject("properties");
    described(p, "name", "Unique within a namespace, and immutable.");
    described(p, "namespace", "The space within which the name must be unique.");
    described(p, "uid", "Unique in time and space; set by the server.");
    described(p, "resourceVersion", "Changes with each write; for optimistic concurrency.");
    described(p, "creationTimestamp", "When the object was created.");
    described(p, "deletionTimestamp", "When its deletion was asked for.");
    for (var map : List.of("labels", "annotations")) {
      p.putObject(map)
          .put("type", "object")
          .putObject("additionalProperties")
          .put("type", "string");
    }
    p.putObject("finalizers").put("type", "array").putObject("items").put("type", "string");
    p.putObject("ownerReferences").put("type", "array").putObject("items").put("type", "object");
    p.putObject("generation").put("type", "integer");
    return o;
  }
}
