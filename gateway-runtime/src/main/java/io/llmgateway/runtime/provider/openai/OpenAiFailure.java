package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.ReplyFacts;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.SafeText;
import io.llmgateway.runtime.table.Backend;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the client gets for a reply with a status that is no success. */
final class OpenAiFailure {
  private OpenAiFailure() {}

  static Failure of(int status, ByteBuf body, Backend backend) {
    if (status == 401 || status == 403) {
      // Its body stays here: OpenAI's quotes a part of the key, and the key is ours.
      return new Failure(UpstreamErrors.authentication(backend.name()), false);
    }
    int passed =
        switch (status) {
          case 400, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529 -> status;
          default -> status >= 400 && status < 500 ? 400 : 502;
        };
    if (status < 400) {
      return new Failure(
          UpstreamErrors.invalid(backend.name(), "answered with status " + status), false);
    }
    ReplyFacts facts = ReplyFacts.ofFailure(body);
    UpstreamError error = facts.error();
    String unexplained =
        "The backend '" + backend.name() + "' answered with status " + status + ".";
    String message =
        error == null
            ? unexplained
            : SafeText.of(error.message(), backend.credential(), unexplained);
    boolean asUpstream =
        error != null && facts.valid() && passed == status && !quotesCredential(body, backend);
    return new Failure(error(passed, error, message), asUpstream);
  }

  private static ApiError error(int status, @Nullable UpstreamError error, String message) {
    String code = error == null || error.code() == null ? "" : error.code();
    return switch (code) {
      case "context_length_exceeded" -> UpstreamErrors.contextWindow(message);
      // Azure says both, the former in an inner error of older API versions.
      case "content_filter", "ResponsibleAIPolicyViolation", "content_policy_violation" ->
          UpstreamErrors.contentFilter(message);
      default -> UpstreamErrors.said(status, message);
    };
  }

  private static boolean quotesCredential(ByteBuf body, Backend backend) {
    String credential = backend.credential();
    return credential != null
        && !credential.isEmpty()
        && body.toString(StandardCharsets.UTF_8).contains(credential);
  }
}
