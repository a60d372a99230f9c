package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.provider.SafeText;
import io.llmgateway.runtime.table.Backend;

/** What the client gets for an error that came with status 200, whole or as a stream's first. */
final class UpstreamRefusal {
  private UpstreamRefusal() {}

  static ApiError of(UpstreamError error, Backend backend) {
    if (error.refusesCredential()) {
      return UpstreamErrors.authentication(backend.name());
    }
    String unexplained = "The backend '" + backend.name() + "' answered with an error.";
    return UpstreamErrors.said(
        error.status(), SafeText.of(error.message(), backend.credential(), unexplained));
  }

  static boolean quotesCredential(UpstreamError error, Backend backend) {
    String credential = backend.credential();
    return credential != null && error.message().contains(credential);
  }
}
