package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The objects that run a gateway.
 *
 * @param azureToken a backend is called as the gateway's ServiceAccount, see {@link AzureToken}
 */
record Children(
    GatewayNames names,
    String defaultImage,
    Duration drainTimeout,
    SecretValues secrets,
    boolean azureToken) {
  private static final int DEFAULT_REPLICAS = 2;

  /** Of a Service: a label as RFC 1035 has it. */
  private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  List<HasMetadata> build(List<Problem> problems) {
    if (!SERVICE_NAME.matcher(names.name()).matches()) {
      problems.add(
          new Problem(
              Reasons.INVALID_NAME,
              "metadata.name is also the name of a Service, so it must have at most 63 lower-case"
                  + " letters, digits and hyphens, start with a letter and not end with a hyphen"));
      return List.of();
    }
    List<HasMetadata> children = new ArrayList<>();
    children.add(ProxyServiceAccount.of(names));
    children.add(ProxyService.of(names));
    children.add(ProxyDisruptionBudget.of(names));
    HasMetadata deployment = deployment(problems);
    if (deployment != null) {
      children.add(deployment);
    }
    return children;
  }

  /** Null when any part of it is a problem: a rollout with a part made up would be worse. */
  private @Nullable HasMetadata deployment(List<Problem> problems) {
    LlmGatewaySpec spec = names.gateway().getSpec();
    int before = problems.size();
    int replicas = Objects.requireNonNullElse(spec.replicas(), DEFAULT_REPLICAS);
    if (replicas < 0) {
      problems.add(new Problem(Reasons.INVALID_REPLICAS, "spec.replicas must not be negative"));
    }
    String image = null;
    try {
      image = ProxyImage.reference(spec.image(), defaultImage);
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
    return image == null || resources == null || problems.size() > before
        ? null
        : ProxyDeployment.of(
            names,
            replicas,
            new ProxyPod(names, image, resources, drainTimeout, azureToken).spec());
  }
}
