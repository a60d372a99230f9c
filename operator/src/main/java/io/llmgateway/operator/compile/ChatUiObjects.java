package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Owner;
import io.llmgateway.api.v1alpha1.ChatUi;
import io.llmgateway.api.v1alpha1.GatewayRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What Open WebUI has beside its Deployment. All of it is called {@code <gateway>-chat-ui}. */
record ChatUiObjects(GatewayNames names, ChatUi spec) {
  private static final String STORAGE_SIZE = "10Gi";

  /** Of a Service, less the suffix. */
  private static final int LONGEST_GATEWAY = 55;

  /** The claim of a gateway without chat UI stays, if there is one: conversations are in it. */
  static ChildRef volumeOf(GatewayNames names) {
    return new ChildRef(HasMetadata.getKind(PersistentVolumeClaim.class), names.chatUi());
  }

  /**
   * @throws Refusal when they cannot be there as the spec stands
   */
  List<HasMetadata> all() throws Refusal {
    if (names.name().length() > LONGEST_GATEWAY) {
      throw new Refusal(
          Reasons.INVALID_NAME,
          "spec.chatUi needs a Service of the gateway's name and -chat-ui: metadata.name must have"
              + " at most "
              + LONGEST_GATEWAY
              + " characters, or remove chatUi");
    }
    return List.of(key(), volume(), service(), ChatUiDeployment.of(names, spec));
  }

  private ApiKey key() {
    ApiKey key = new ApiKey();
    key.setMetadata(names.child(names.chatUi(), GatewayNames.CHAT_UI));
    key.setSpec(
        new ApiKeySpec(
            new GatewayRef(names.name(), null),
            new Owner(null, GatewayNames.CHAT_UI),
            null,
            null,
            null,
            null));
    return key;
  }

  private PersistentVolumeClaim volume() throws Refusal {
    String size = Objects.requireNonNullElse(spec.storageSize(), STORAGE_SIZE);
    if (Measures.quantity(size) == null) {
      throw new Refusal(
          Reasons.INVALID_RESOURCES, "spec.chatUi.storageSize must be a quantity, such as 10Gi");
    }
    return new PersistentVolumeClaimBuilder()
        .withMetadata(names.child(names.chatUi(), GatewayNames.CHAT_UI))
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(spec.storageClassName())
        .withNewResources()
        .withRequests(Map.of("storage", new Quantity(size)))
        .endResources()
        .endSpec()
        .build();
  }

  private Service service() {
    return new ServiceBuilder()
        .withMetadata(names.child(names.chatUi(), GatewayNames.CHAT_UI))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(names.chatUiSelector())
        .addNewPort()
        .withName(ChatUiDeployment.PORT)
        .withProtocol("TCP")
        .withPort(80)
        .withNewTargetPort(ChatUiDeployment.PORT)
        .endPort()
        .endSpec()
        .build();
  }
}
