package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.HttpRoute;
import io.llmgateway.api.v1alpha1.Ingress;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Exposure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where clients reach a gateway. */
public final class Endpoint {
  private static final String ALB_CERTIFICATE = "alb.ingress.kubernetes.io/certificate-arn";
  private static final int HTTP = 80;

  private Endpoint() {}

  /** The host of its exposure when that names one, else its Service. */
  public static String of(GatewayNames names) {
    Exposure exposure = names.gateway().getSpec().exposure();
    String outside = null;
    if (exposure != null && exposure.ingress() != null) {
      outside = ofIngress(exposure.ingress());
    } else if (exposure != null && exposure.httpRoute() != null) {
      outside = ofRoute(exposure.httpRoute());
    }
    return Objects.requireNonNullElseGet(outside, names::endpoint);
  }

  private static @Nullable String ofIngress(Ingress ingress) {
    boolean tls =
        ingress.tlsSecretName() != null
            || Present.in(ingress.annotations()).containsKey(ALB_CERTIFICATE);
    return isOneName(ingress.host()) ? (tls ? "https://" : "http://") + ingress.host() : null;
  }

  /** Only the Gateway knows its listeners: HTTPS, unless the port says otherwise. */
  private static @Nullable String ofRoute(HttpRoute route) {
    boolean plain =
        Present.in(route.parentRefs()).stream()
            .limit(1)
            .anyMatch(ref -> ref.port() != null && ref.port() == HTTP);
    return Present.in(route.hostnames()).stream()
        .filter(Endpoint::isOneName)
        .findFirst()
        .map(host -> (plain ? "http://" : "https://") + host)
        .orElse(null);
  }

  private static boolean isOneName(@Nullable String host) {
    return host != null && !host.isEmpty() && !host.startsWith("*");
  }
}
