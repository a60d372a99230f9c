package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.Anthropic;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Material;
import io.llmgateway.api.v1alpha1.AzureOpenAI;
import io.llmgateway.api.v1alpha1.Bedrock;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.Gemini;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.SecretSource;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.OpenAI;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.OpenAICompatible;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import io.llmgateway.api.v1alpha1.Observability;
import io.llmgateway.api.v1alpha1.Observability.Header;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import io.llmgateway.api.v1alpha1.VertexAi;
import io.llmgateway.operator.compile.ExternalSecretObject;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.KeyHash;
import io.llmgateway.operator.compile.MintedSecret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which resource means which: what an event concerns is looked up by these. */
final class References {
  private static final String LLM_GATEWAY = HasMetadata.getKind(LlmGateway.class);

  private References() {}

  static ResourceID gatewayOf(ModelRoute route) {
    return gateway(route, route.getSpec().gatewayRef());
  }

  static ResourceID gatewayOf(ApiKey key) {
    return gateway(key, key.getSpec().gatewayRef());
  }

  /**
   * The gateway that this object was made for; null when for none. Its owner, whatever somebody
   * made of its label; of pods, which a ReplicaSet owns, the label.
   */
  static @Nullable ResourceID gatewayOf(HasMetadata child) {
    String gateway =
        child.getMetadata().getOwnerReferences().stream()
            .filter(owner -> owner.getKind().equals(LLM_GATEWAY))
            .map(OwnerReference::getName)
            .findFirst()
            .orElseGet(() -> label(child, GatewayNames.INSTANCE_LABEL));
    return gateway == null ? null : new ResourceID(gateway, child.getMetadata().getNamespace());
  }

  /** {@code namespace/name} of each Secret that the gateway itself names. */
  static List<String> secretsOf(LlmGateway gateway) {
    TreeSet<String> names = new TreeSet<>();
    if (gateway.getSpec().tls() != null) {
      names.add(gateway.getSpec().tls().secretName());
    }
    for (SecretSource source : present(gateway.getSpec().secrets())) {
      if (source.secretRef() != null) {
        names.add(source.secretRef().name());
      }
      if (source.externalSecret() != null) {
        names.add(ExternalSecretObject.nameFor(gateway.getMetadata().getName(), source.name()));
      }
    }
    Observability observability = gateway.getSpec().observability();
    if (observability != null) {
      addTracing(names, observability);
    }
    return qualified(gateway, names);
  }

  private static void addTracing(TreeSet<String> names, Observability observability) {
    if (observability.otel() != null) {
      for (Header header : present(observability.otel().headers())) {
        if (header.secretKeyRef() != null) {
          names.add(header.secretKeyRef().name());
        }
      }
    }
    if (observability.langfuse() != null) {
      names.add(observability.langfuse().secretRef().name());
    }
  }

  /** {@code namespace/name} of each Secret that the route names. */
  static List<String> secretsOf(ModelRoute route) {
    TreeSet<String> names = new TreeSet<>();
    for (Backend backend : present(route.getSpec().backends())) {
      Stream.concat(Stream.ofNullable(backend.secretKeyRef()), caOf(backend))
          .map(SecretKeyRef::name)
          .forEach(names::add);
    }
    return qualified(route, names);
  }

  /** {@code namespace/name} of the Secret that holds the key, minted or not. */
  static List<String> secretsOf(ApiKey key) {
    TreeSet<String> names = new TreeSet<>();
    String minted = MintedSecret.nameFor(key);
    if (minted != null) {
      names.add(minted);
    }
    Material material = key.getSpec().material();
    if (material != null && material.awsSecretsManager() != null) {
      names.add(KeyHash.nameFor(key));
    }
    if (material != null && material.secretRef() != null) {
      names.add(material.secretRef().name());
    }
    return qualified(key, names);
  }

  /** Whether the object is the gateway's: owned by it, or labelled as its own and orphaned. */
  static boolean isOf(LlmGateway gateway, HasMetadata object) {
    String uid = gateway.getMetadata().getUid();
    return object.getMetadata().getOwnerReferences().isEmpty()
        ? GatewayNames.MANAGED_BY.equals(label(object, GatewayNames.MANAGED_BY_LABEL))
            && gateway.getMetadata().getName().equals(label(object, GatewayNames.INSTANCE_LABEL))
        : object.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> Objects.equals(owner.getUid(), uid));
  }

  private static @Nullable String label(HasMetadata object, String label) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(label);
  }

  private static Stream<SecretKeyRef> caOf(Backend backend) {
    return Stream.of(
            tls(backend.bedrock(), Bedrock::tls),
            tls(backend.openAI(), OpenAI::tls),
            tls(backend.openAICompatible(), OpenAICompatible::tls),
            tls(backend.vllm(), OpenAICompatible::tls),
            tls(backend.ollama(), OpenAICompatible::tls),
            tls(backend.azureOpenAI(), AzureOpenAI::tls),
            tls(backend.anthropic(), Anthropic::tls),
            tls(backend.gemini(), Gemini::tls),
            tls(backend.vertexAI(), VertexAi::tls))
        .flatMap(Optional::stream)
        .map(UpstreamTls::caSecretRef);
  }

  private static <P> Optional<UpstreamTls> tls(
      @Nullable P provider, Function<P, @Nullable UpstreamTls> tls) {
    return Optional.ofNullable(provider).map(tls);
  }

  private static ResourceID gateway(HasMetadata resource, GatewayRef ref) {
    return new ResourceID(
        ref.name(),
        Objects.requireNonNullElse(ref.namespace(), resource.getMetadata().getNamespace()));
  }

  private static List<String> qualified(HasMetadata resource, TreeSet<String> names) {
    String namespace = resource.getMetadata().getNamespace();
    return names.stream().map(name -> namespace + "/" + name).toList();
  }

  private static <T> List<T> present(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
