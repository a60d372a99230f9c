package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Resources in, configuration, child objects and problems out. Whatever is wrong becomes a problem
 * of the resource at fault, and the rest is compiled without it; nothing is thrown for a resource
 * that the CRDs' schemas admit.
 */
public final class GatewayCompiler {
  private GatewayCompiler() {}

  public static CompiledGateway compile(GatewayInputs inputs) {
    LlmGateway gateway = inputs.gateway();
    LlmGatewaySpec spec = gateway.getSpec();
    GatewayNames names = new GatewayNames(gateway);
    List<Problem> problems = new ArrayList<>();

    SecretValues secrets = new SecretValues(inputs.secrets());
    GatewaySecrets gatewaySecrets = new GatewaySecrets(names, inputs.secrets());
    List<SecretPull> pulls = gatewaySecrets.pulls(problems);
    BackendCompiler backends =
        new BackendCompiler(gateway, gatewaySecrets, secrets, GatewayIdentity.wantsRole(gateway));
    GatewaySettings settings =
        new SettingsCompiler(problems)
            .compile(
                GatewayNames.qualified(gateway),
                spec,
                new TracingCompiler(names.namespace(), secrets, backends.credentials(), problems)
                    .compile(spec));
    RouteCompiler routes =
        new RouteCompiler(
            NamespaceAdmission.of(
                names, "routes", spec.routes(), inputs.namespaceLabels(), problems),
            backends);
    List<RouteVerdict> routeVerdicts =
        inputs.routes().stream()
            .filter(route -> names(gateway, route, route.getSpec().gatewayRef()))
            .sorted(Age.OLDEST_FIRST)
            .map(routes::compile)
            .toList();

    KeyCompiler keys = keyCompiler(inputs, names, secrets, problems);
    List<KeyVerdict> keyVerdicts = verdicts(inputs, keys);

    SortedMap<String, byte[]> files =
        ConfigFiles.write(settings, routes.configs(), keys.configs(), backends.credentials());
    Manifest manifest = Manifest.of(files);
    List<Secret> configSecrets = ConfigSecrets.of(names, files, manifest);
    List<Problem> unwritable = ConfigSecrets.check(names, configSecrets, inputs.secrets());
    problems.addAll(unwritable);

    Children children = new Children(names, inputs, secrets, problems);
    children.build(
        Shutdown.of(names, settings.drainTimeout(), problems),
        routes.configs().stream()
            .flatMap(route -> route.backends().stream())
            .anyMatch(AzureCompiler::wantsToken),
        Upstreams.of(routes.configs(), settings.tracing()));
    return new CompiledGateway(
        manifest,
        unwritable.isEmpty() ? configSecrets : List.of(),
        children.objects(),
        children.withheld(),
        children.integrations(),
        pulls,
        GatewayIdentity.of(names, inputs.installation().aws(), BedrockUse.of(routes.configs())),
        List.copyOf(problems),
        routeVerdicts,
        keyVerdicts);
  }

  /** The verdicts on the keys alone, without all that a gateway is made of. */
  public static List<KeyVerdict> keys(GatewayInputs inputs) {
    KeyCompiler keys =
        keyCompiler(
            inputs,
            new GatewayNames(inputs.gateway()),
            new SecretValues(inputs.secrets()),
            new ArrayList<>());
    return verdicts(inputs, keys);
  }

  private static KeyCompiler keyCompiler(
      GatewayInputs inputs, GatewayNames names, SecretValues secrets, List<Problem> problems) {
    return new KeyCompiler(
        inputs.gateway(),
        NamespaceAdmission.of(
            names, "keys", inputs.gateway().getSpec().keys(), inputs.namespaceLabels(), problems),
        secrets);
  }

  private static List<KeyVerdict> verdicts(GatewayInputs inputs, KeyCompiler keys) {
    return inputs.keys().stream()
        .filter(key -> names(inputs.gateway(), key, key.getSpec().gatewayRef()))
        .sorted(Age.OLDEST_FIRST)
        .map(keys::compile)
        .toList();
  }

  /** What is wrong with a reference that means no gateway that there is. */
  public static Problem notFound(HasMetadata resource, GatewayRef ref) {
    String namespace =
        Objects.requireNonNullElse(ref.namespace(), resource.getMetadata().getNamespace());
    return new Problem(
        Reasons.GATEWAY_NOT_FOUND,
        "spec.gatewayRef: LlmGateway "
            + namespace
            + "/"
            + ref.name()
            + " does not exist; correct the name, or set gatewayRef.namespace when it is in another"
            + " namespace");
  }

  /** Whether a resource's reference means this gateway. */
  public static boolean names(LlmGateway gateway, HasMetadata resource, GatewayRef ref) {
    String namespace =
        ref.namespace() == null ? resource.getMetadata().getNamespace() : ref.namespace();
    return gateway.getMetadata().getName().equals(ref.name())
        && gateway.getMetadata().getNamespace().equals(namespace);
  }
}
