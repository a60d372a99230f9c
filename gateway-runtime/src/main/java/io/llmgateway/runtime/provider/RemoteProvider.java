package io.llmgateway.runtime.provider;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls an upstream. */
public non-sealed interface RemoteProvider extends Provider {

  /**
   * May be called by any thread, for long bodies are not encoded on an event loop.
   *
   * @throws io.llmgateway.runtime.chat.RefusedException when the upstream has no way to carry it
   */
  ProviderCall call(ApiRequest request);

  /**
   * What a call has to wait for, such as a token that is being fetched; null when there is nothing,
   * as it nearly always is. It fails when calls would be of no use.
   */
  default @Nullable CompletionStage<?> pending() {
    return null;
  }
}
