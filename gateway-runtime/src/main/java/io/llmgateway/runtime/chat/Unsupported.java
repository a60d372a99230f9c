package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.error.Errors;
import java.util.Set;

/**
 * What a backend cannot carry: the request is refused with a word on what, or, where the route says
 * {@code dropUnsupported}, goes on without it.
 *
 * @param backend its name, for the error
 * @param drop go on without it
 */
public record Unsupported(String backend, boolean drop) {
  /**
   * Bookkeeping of one provider that changes no answer: left out where there is no place for it.
   */
  private static final Set<String> BOOKKEEPING =
      Set.of(
          "metadata", "store", "prompt_cache_key", "prompt_cache_retention", "safety_identifier");

  /**
   * To be called before it is left out.
   *
   * @param param where it stands in the client's body, such as {@code messages[2].content} or
   *     {@code logit_bias}
   * @param what in words, such as {@code "audio input"}
   * @throws RefusedException unless it may be dropped
   */
  public void report(String param, String what) {
    if (!drop) {
      throw new RefusedException(Errors.unsupported(param, what, backend));
    }
  }

  /** Reports the members of the client's body that nobody knows. */
  public void others(ChatRequest request, Set<String> carried) {
    for (String name : request.others().keySet()) {
      if (!carried.contains(name) && !BOOKKEEPING.contains(name)) {
        report(name, "a parameter of another API");
      }
    }
  }
}
