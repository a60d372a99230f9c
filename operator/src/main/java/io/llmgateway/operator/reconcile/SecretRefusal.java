package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a Secret was not written, without words that may quote what it holds. */
final class SecretRefusal {
  /** Kubernetes' own words, and what follows them: they tell of names and numbers alone. */
  private static final List<String> HARMLESS =
      List.of("exceeded quota: ", "because it is being terminated");

  private SecretRefusal() {}

  static Problem of(Secret secret, KubernetesClientException e) {
    String reason = e.getStatus() == null ? null : e.getStatus().getReason();
    return new Problem(
        ConditionReasons.NOT_WRITTEN,
        "Secret "
            + GatewayNames.qualified(secret)
            + " cannot be written: "
            + Objects.requireNonNullElse(reason, "the API server does not answer")
            + " (status "
            + e.getCode()
            + ")"
            + more(e.getStatus() == null ? null : e.getStatus().getMessage())
            + "; it is tried again");
  }

  private static String more(@Nullable String message) {
    return message == null
        ? ""
        : HARMLESS.stream()
            .filter(message::contains)
            .findFirst()
            .map(words -> ", " + message.substring(message.indexOf(words)))
            .orElse("");
  }
}
