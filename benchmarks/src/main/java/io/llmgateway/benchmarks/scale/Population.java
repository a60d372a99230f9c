package io.llmgateway.benchmarks.scale;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The resources of a plan, by number. Routes and keys take turns with the gateways. */
final class Population {
  private final ScalePlan plan;

  Population(ScalePlan plan) {
    this.plan = plan;
  }

  /** Where a resource is. */
  record Place(String namespace, String name) {
    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  List<String> namespaces() {
    return IntStream.range(0, plan.namespaces()).mapToObj(Population::namespace).toList();
  }

  Place gateway(int number) {
    return new Place(namespace(number % plan.namespaces()), "gw-%03d".formatted(number));
  }

  Place route(int number) {
    return new Place(gatewayOf(number).namespace(), "route-%05d".formatted(number));
  }

  Place key(int number) {
    return new Place(gatewayOf(number).namespace(), "key-%05d".formatted(number));
  }

  /** Of a route or a key with this number. */
  Place gatewayOf(int number) {
    return gateway(number % plan.gateways());
  }

  int routesOf(int gateway) {
    return share(plan.routes(), gateway);
  }

  int keysOf(int gateway) {
    return share(plan.keys(), gateway);
  }

  List<String> gateways() {
    return IntStream.range(0, plan.gateways())
        .mapToObj(n -> resource("LlmGateway", gateway(n), "{\"replicas\":" + plan.replicas() + "}"))
        .toList();
  }

  /** Two backends each, with a price. */
  List<String> routes() {
    return IntStream.range(0, plan.routes())
        .mapToObj(
            n ->
                resource(
                    "ModelRoute",
                    route(n),
                    """
                    {"gatewayRef":{"name":"%s"},"models":["model-%05d"],"backends":[
                      {"name":"first","weight":90,"openAICompatible":{"baseUrl":"http://models-%d.example.com/v1"},
                       "pricing":{"input":"3","output":"15"}},
                      {"name":"second","weight":10,"vllm":{"baseUrl":"http://vllm-%d.example.com/v1"}}]}"""
                        .formatted(gatewayOf(n).name(), n, n, n)))
        .toList();
  }

  /** All minted, each into a Secret of its own. */
  List<String> keys() {
    return IntStream.range(0, plan.keys())
        .mapToObj(
            n ->
                resource(
                    "ApiKey",
                    key(n),
                    """
                    {"gatewayRef":{"name":"%s"},"owner":{"team":"team-%d","user":"user-%d"}}"""
                        .formatted(gatewayOf(n).name(), n % 40, n)))
        .toList();
  }

  /** A merge patch: the same spec with other models. */
  static String otherModels(String field, int change) {
    return "{\"spec\":{\"%s\":[\"changed-%d\"]}}".formatted(field, change);
  }

  private int share(int all, int gateway) {
    return all / plan.gateways() + (gateway < all % plan.gateways() ? 1 : 0);
  }

  private static String namespace(int number) {
    return String.format(Locale.ROOT, "team-%02d", number);
  }

  private static String resource(String kind, Place place, String spec) {
    return """
        {"apiVersion":"llmgateway.io/v1alpha1","kind":"%s",\
        "metadata":{"namespace":"%s","name":"%s"},"spec":%s}"""
        .formatted(kind, place.namespace(), place.name(), spec);
  }
}
