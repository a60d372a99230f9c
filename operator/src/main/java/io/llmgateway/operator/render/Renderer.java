package io.llmgateway.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.GatewayCompiler;
import io.llmgateway.operator.compile.GatewayInputs;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Installation;
import io.llmgateway.operator.compile.KeyVerdict;
import io.llmgateway.operator.compile.MintedKey;
import io.llmgateway.operator.compile.MintedSecret;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.PulledSecret;
import io.llmgateway.operator.compile.RouteVerdict;
import io.llmgateway.operator.render.RenderResult.RenderedObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles YAML as the operator would, and writes down what comes out. */
public final class Renderer {
  private final Validator validator;
  private final String defaultImage;

  /**
   * @param defaultImage the proxy image of this release
   */
  public Renderer(Validator validator, String defaultImage) {
    this.validator = validator;
    this.defaultImage = defaultImage;
  }

  /** The order of the sources means nothing but for the order of their own problems. */
  public RenderResult render(List<Source> sources) {
    SourceReader reader = new SourceReader(validator);
    sources.forEach(reader::read);
    Resources resources = reader.resources();
    List<ResourceProblem> problems = new ArrayList<>(reader.problems());
    List<RenderedObject> objects = new ArrayList<>();

    List<LlmGateway> gateways =
        resources.all(LlmGateway.class).stream()
            .sorted(Comparator.comparing(GatewayNames::qualified))
            .toList();
    List<ModelRoute> routes = resources.all(ModelRoute.class);
    List<ApiKey> keys = resources.all(ApiKey.class);
    routes.forEach(r -> findGateway(resources, gateways, r, r.getSpec().gatewayRef(), problems));
    keys.forEach(k -> findGateway(resources, gateways, k, k.getSpec().gatewayRef(), problems));

    for (LlmGateway gateway : gateways) {
      CompiledGateway compiled =
          GatewayCompiler.compile(
              new GatewayInputs(
                  gateway,
                  routes,
                  keys,
                  resources.namespaceLabels(),
                  secretsOf(gateway, resources),
                  // The cluster that it goes to is not known: what it lacks is a condition there.
                  Installation.complete(defaultImage),
                  true));
      compiled.keys().stream()
          .filter(KeyVerdict::toBeMinted)
          .map(verdict -> redacted(toBeMinted(verdict.key())))
          .forEach(objects::add);
      compiled.configSecrets().stream().map(Renderer::redacted).forEach(objects::add);
      compiled.children().stream().map(Renderer::rendered).forEach(objects::add);
      compiled.problems().forEach(p -> problems.add(located(resources, gateway, p)));
      for (RouteVerdict verdict : compiled.routes()) {
        problemsOf(verdict).forEach(p -> problems.add(located(resources, verdict.route(), p)));
      }
      for (KeyVerdict verdict : compiled.keys()) {
        Stream.of(verdict.refused(), verdict.notIssued())
            .filter(Objects::nonNull)
            .forEach(p -> problems.add(located(resources, verdict.key(), p)));
      }
    }
    return new RenderResult(List.copyOf(objects), List.copyOf(problems));
  }

  private static GatewayInputs.Secrets secretsOf(LlmGateway gateway, Resources resources) {
    String own = gateway.getMetadata().getNamespace();
    return (namespace, name) -> {
      Secret given = resources.secret(namespace, name);
      return given == null && namespace.equals(own) ? PulledSecret.standIn(gateway, name) : given;
    };
  }

  private static Stream<Problem> problemsOf(RouteVerdict verdict) {
    Stream<@Nullable Problem> backends = verdict.backends().stream().map(b -> b.problem());
    // A refusal for lost models says the same as they do.
    Stream<@Nullable Problem> route =
        verdict.lostModels().isEmpty()
            ? Stream.of(verdict.refused())
            : verdict.lostModels().stream().map(p -> p);
    return Stream.concat(route, backends).filter(Objects::nonNull);
  }

  private static void findGateway(
      Resources resources,
      List<LlmGateway> gateways,
      HasMetadata resource,
      GatewayRef ref,
      List<ResourceProblem> problems) {
    if (gateways.stream().noneMatch(g -> GatewayCompiler.names(g, resource, ref))) {
      problems.add(located(resources, resource, GatewayCompiler.notFound(resource, ref)));
    }
  }

  /** A stand-in for the key: the real one is random. */
  private static Secret toBeMinted(ApiKey key) {
    return MintedSecret.of(key, new MintedKey("", ""));
  }

  private static ResourceProblem located(Resources resources, HasMetadata resource, Problem p) {
    return new ResourceProblem(resources.sourceOf(resource), Resources.identity(resource), p);
  }

  private static RenderedObject redacted(Secret secret) {
    return rendered(secret, Yaml.write(Redaction.of(secret)));
  }

  private static RenderedObject rendered(HasMetadata object) {
    return rendered(object, Yaml.write(object));
  }

  private static RenderedObject rendered(HasMetadata object, String yaml) {
    return new RenderedObject(
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        yaml);
  }
}
