package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.upstream.Endpoint;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where a server of OpenAI's API is, what its URLs look like, and what it knows us by. */
public interface OpenAiUpstream {
  Endpoint endpoint();

  /**
   * The request target of a call, percent-encoded.
   *
   * @param call such as {@code /chat/completions}
   * @param model the name upstream
   */
  String target(String call, String model);

  /** Whether {@link #target} depends on the model. */
  boolean modelInTarget();

  /** The credential as a header, such as {@code Authorization}; null: none is wanted. */
  @Nullable Credential credential();

  /** See {@link io.llmgateway.runtime.provider.RemoteProvider#pending()}. */
  default @Nullable CompletionStage<?> pending() {
    return null;
  }

  /** The credential was refused. */
  default void refused() {}

  /** Whether it serves {@code /responses} itself. */
  boolean servesResponses();

  /** Whether it takes {@code stream_options}, by which a stream tells its usage. */
  default boolean takesStreamOptions() {
    return true;
  }

  /**
   * @param name of the header, in lower case
   */
  record Credential(String name, String value) {
    /** The header's name alone. */
    @Override
    public String toString() {
      return name;
    }
  }
}
