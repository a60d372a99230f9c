package io.llmgateway.localcluster.http;

import io.llmgateway.localcluster.ApiRequests;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.ResourceCatalog;
import java.util.List;

/** Finds out what a path means. */
public final class Router {
  private final ResourceCatalog catalog;
  private final ResourceRoutes resources;
  private final Discovery discovery;
  private final OpenApi openApi;
  private final AccessCheck access;
  private final ApiRequests requests;

  public Router(
      ResourceCatalog catalog, ResourceRoutes resources, AccessCheck access, ApiRequests requests) {
    this.catalog = catalog;
    this.resources = resources;
    this.access = access;
    this.requests = requests;
    discovery = new Discovery(catalog);
    openApi = new OpenApi(catalog);
  }

  Reply answer(Request r) {
    var path = r.path();
    return switch (path.isEmpty() ? "" : path.getFirst()) {
      case "api" -> path.size() == 1 ? discovery.core() : versioned(r, 2, path);
      case "apis" ->
          switch (path.size()) {
            case 1 -> discovery.groups();
            case 2 -> discovery.group(path.get(1));
            default -> versioned(r, 3, path);
          };
      case "openapi" -> openApi.answer(r);
      case "version" -> discovery.version();
      case "healthz", "livez", "readyz" -> Reply.text("ok");
      default -> throw ApiError.notServed("/" + String.join("/", path));
    };
  }

  private Reply versioned(Request r, int prefix, List<String> path) {
    var apiVersion = String.join("/", path.subList(1, prefix));
    if (path.size() == prefix) {
      return discovery.resources(apiVersion);
    }
    var rest = path.subList(prefix, path.size());
    boolean rules = rest.getFirst().equals("selfsubjectrulesreviews");
    if (rules || rest.getFirst().equals("selfsubjectaccessreviews")) {
      return access.review(r, rules);
    }
    var namespace = "";
    boolean inNamespace =
        rest.getFirst().equals("namespaces")
            && rest.size() > 2
            && !List.of("status", "finalize").contains(rest.get(2));
    if (inNamespace) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    var type = catalog.require(apiVersion, rest.getFirst());
    if (inNamespace && !type.namespaced()) {
      throw ApiError.notServed(type.plural() + " in a namespace: they are cluster-scoped");
    }
    var target =
        new Target(
            type,
            namespace,
            rest.size() > 1 ? rest.get(1) : "",
            rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "");
    requests.count(target.verb(r), target.resource());
    access.check(r, target);
    return resources.answer(r, target);
  }
}
