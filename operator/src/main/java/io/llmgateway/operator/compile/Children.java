package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.Autoscaling;
import io.llmgateway.api.v1alpha1.Aws;
import io.llmgateway.api.v1alpha1.ChatUi;
import io.llmgateway.api.v1alpha1.ExternalSecret;
import io.llmgateway.api.v1alpha1.HttpRoute;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Exposure;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.SecretSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The objects that run a gateway, in the order in which to apply them. */
final class Children {
  private static final int DEFAULT_REPLICAS = 2;

  /** Of a Service: a label as RFC 1035 has it. */
  private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  private final GatewayNames names;
  private final Installation installation;
  private final boolean associated;
  private final SecretValues secrets;
  private final List<Problem> problems;
  private final List<HasMetadata> objects = new ArrayList<>();
  private final Set<ChildRef> withheld = new HashSet<>();
  private final List<Integration> integrations = new ArrayList<>();

  Children(GatewayNames names, GatewayInputs inputs, SecretValues secrets, List<Problem> problems) {
    this.names = names;
    this.installation = inputs.installation();
    this.associated = inputs.associated();
    this.secrets = secrets;
    this.problems = problems;
  }

  /**
   * @param azureToken a backend is called as the gateway's ServiceAccount, see {@link AzureToken}
   */
  void build(Shutdown shutdown, boolean azureToken, Upstreams upstreams) {
    if (!SERVICE_NAME.matcher(names.name()).matches()) {
      problems.add(
          new Problem(
              Reasons.INVALID_NAME,
              "metadata.name is also the name of a Service, so it must have at most 63 lower-case"
                  + " letters, digits and hyphens, start with a letter and not end with a hyphen"));
      return;
    }
    objects.add(ProxyServiceAccount.of(names, roleArn()));
    for (SecretSource source : Present.in(names.gateway().getSpec().secrets())) {
      ExternalSecret external = source.externalSecret();
      if (external != null) {
        addForeign(
            ForeignKind.EXTERNAL_SECRET,
            "spec.secrets[" + source.name() + "].externalSecret",
            () -> ExternalSecretObject.of(names, source, external));
      }
    }
    objects.add(ProxyService.of(names));
    objects.add(ProxyDisruptionBudget.of(names));
    Deployment deployment = deployment(shutdown, azureToken);
    if (deployment == null) {
      withheld.add(new ChildRef(HasMetadata.getKind(Deployment.class), names.name()));
    } else {
      objects.add(deployment);
    }
    LlmGatewaySpec spec = names.gateway().getSpec();
    if (spec.autoscaling() != null) {
      autoscale(spec.autoscaling());
    }
    if (spec.networkPolicy() != null && Boolean.TRUE.equals(spec.networkPolicy().enabled())) {
      objects.add(
          new ProxyNetworkPolicy(
                  names, spec.networkPolicy(), upstreams, installation.operatorNamespace())
              .object());
    }
    if (spec.exposure() != null) {
      expose(spec.exposure());
    }
    withheld.add(ChatUiObjects.volumeOf(names));
    if (spec.chatUi() != null) {
      chatUi(spec.chatUi());
    }
    new Monitoring(names, this, problems).build(spec.observability());
  }

  private void chatUi(ChatUi spec) {
    try {
      objects.addAll(new ChatUiObjects(names, spec).all());
    } catch (Refusal e) {
      problems.add(e.problem());
      for (Class<? extends HasMetadata> kind :
          List.of(ApiKey.class, Service.class, Deployment.class)) {
        withheld.add(new ChildRef(HasMetadata.getKind(kind), names.chatUi()));
      }
    }
  }

  private void autoscale(Autoscaling spec) {
    try {
      objects.add(ProxyAutoscaler.of(names, spec));
    } catch (Refusal e) {
      problems.add(e.problem());
      withheld.add(new ChildRef(HasMetadata.getKind(HorizontalPodAutoscaler.class), names.name()));
    }
  }

  private void expose(Exposure spec) {
    if (spec.ingress() != null) {
      objects.add(ProxyIngress.of(names, spec.ingress()));
    }
    HttpRoute route = spec.httpRoute();
    if (route != null) {
      addForeign(
          ForeignKind.HTTP_ROUTE, "spec.exposure.httpRoute", () -> ProxyHttpRoute.of(names, route));
    }
  }

  List<HasMetadata> objects() {
    return List.copyOf(objects);
  }

  /**
   * Whatever is in the cluster of these stays: it cannot be built as the spec stands, or holds
   * data.
   */
  Set<ChildRef> withheld() {
    return Set.copyOf(withheld);
  }

  List<Integration> integrations() {
    return List.copyOf(integrations);
  }

  void add(HasMetadata object) {
    objects.add(object);
  }

  /** Of the IAM role that the ServiceAccount's tokens are good for; null for none. */
  private @Nullable String roleArn() {
    Problem missing = GatewayIdentity.missing(names.gateway(), installation.aws());
    if (missing != null) {
      problems.add(missing);
      return null;
    }
    Aws aws = names.gateway().getSpec().aws();
    if (aws == null || aws.irsa() == null) {
      return null;
    }
    Trust tokens = installation.aws().tokens(names);
    return GatewayIdentity.wantsRoleByTokens(names.gateway()) && tokens != null
        ? tokens.roleArn()
        : aws.irsa().roleArn();
  }

  /**
   * Adds an object of another project's kind where the cluster takes it.
   *
   * @param field what asks for it
   */
  void addForeign(ForeignKind kind, String field, Supplier<? extends HasMetadata> object) {
    boolean served = installation.served().contains(kind);
    if (served) {
      objects.add(object.get());
    }
    integrations.add(new Integration(kind, served ? null : kind.notInstalled(field)));
  }

  /** Null when any part of it is a problem: a rollout with a part made up would be worse. */
  private @Nullable Deployment deployment(Shutdown shutdown, boolean azureToken) {
    LlmGatewaySpec spec = names.gateway().getSpec();
    int before = problems.size();
    // The autoscaler's own: whoever writes it, too, would undo what that does.
    Integer replicas =
        spec.autoscaling() == null
            ? Objects.requireNonNullElse(spec.replicas(), DEFAULT_REPLICAS)
            : null;
    if (replicas != null && replicas < 0) {
      problems.add(new Problem(Reasons.INVALID_REPLICAS, "spec.replicas must not be negative"));
    }
    String image = null;
    try {
      image = ProxyImage.reference(spec.image(), installation.defaultImage());
    } catch (Refusal e) {
      problems.add(e.problem());
    }
    ResourceRequirements resources = null;
    try {
      resources = ProxyResources.of(spec.resources());
    } catch (Refusal e) {
      problems.add(e.problem());
    }
    try {
      ProxyTls.check(names.namespace(), spec.tls(), secrets);
    } catch (Refusal e) {
      problems.add(e.problem());
    }
    if (image == null || resources == null || problems.size() > before) {
      return null;
    }
    Deployment deployment =
        ProxyDeployment.of(
            names, replicas, new ProxyPod(names, image, resources, shutdown, azureToken).spec());
    try {
      PodOverrides.apply(spec.podTemplate(), deployment.getSpec().getTemplate());
      if (associated && GatewayIdentity.wantsAssociation(names.gateway())) {
        ProxyDeployment.associate(deployment);
      }
    } catch (Refusal e) {
      problems.add(e.problem());
      return null;
    }
    return deployment;
  }
}
