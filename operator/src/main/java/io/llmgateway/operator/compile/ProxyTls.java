package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Tls;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/** The certificate that the gateway shows its clients. */
final class ProxyTls {
  /** Entry and file name, as Secrets of type {@code kubernetes.io/tls} have them. */
  static final String CERTIFICATE = "tls.crt";

  static final String PRIVATE_KEY = "tls.key";

  private static final String FIELD = "spec.tls.secretName";

  private ProxyTls() {}

  /**
   * @throws Refusal when pods would wait for this Secret for ever, or could not serve with it
   */
  static void check(String namespace, @Nullable Tls tls, SecretValues secrets) throws Refusal {
    if (tls == null) {
      return;
    }
    String qualified = namespace + "/" + tls.secretName();
    Secret secret = secrets.secrets().find(namespace, tls.secretName());
    if (secret == null) {
      throw new Refusal(
          Reasons.TLS_SECRET_NOT_FOUND,
          FIELD
              + ": Secret "
              + qualified
              + " does not exist; create it (type kubernetes.io/tls) or correct the name. The proxy"
              + " pods stay as they are until then");
    }
    try {
      byte[] pem = secrets.bytes(FIELD, namespace, new SecretKeyRef(tls.secretName(), CERTIFICATE));
      Certificates.only(FIELD, pem);
      secrets.bytes(FIELD, namespace, new SecretKeyRef(tls.secretName(), PRIVATE_KEY));
    } catch (Refusal e) {
      throw new Refusal(
          Reasons.TLS_SECRET_INVALID,
          FIELD
              + ": Secret "
              + qualified
              + " must have a PEM certificate in "
              + CERTIFICATE
              + " and its key in "
              + PRIVATE_KEY
              + "; the proxy pods stay as they are until then");
    }
  }
}
