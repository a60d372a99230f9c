package io.llmgateway.runtime.telemetry.trace;

import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** One request as it is traced, on its event loop. */
public interface RequestTrace {

  /**
   * A backend was chosen.
   *
   * @param model as the client named it
   * @param headers of the client's request; what they say of the trace goes upstream, and from now
   *     on it names the call as the parent
   */
  void calling(Backend backend, String model, HttpHeaders headers);

  /** The request is on its way to the upstream. */
  void called(String host, int port);

  /** The upstream's status. */
  void answered(int status);

  /** The upstream's reply is over. */
  void callOver();

  /**
   * @param responseModel as the upstream calls it; null when it does not say
   */
  void end(RequestRecord request, @Nullable String responseModel);
}
