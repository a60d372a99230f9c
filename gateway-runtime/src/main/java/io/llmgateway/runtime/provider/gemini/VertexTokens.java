package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.config.Sha256;
import io.llmgateway.runtime.provider.token.Refreshed;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of this process: one for each credential, whatever the number of event loops and
 * backends, and it outlives a reload of the configuration.
 */
final class VertexTokens {
  private static final Map<String, WeakReference<Refreshed<String>>> TOKENS = new HashMap<>();

  private VertexTokens() {}

  /**
   * @param credential JSON; null: the identity of the surroundings
   */
  static synchronized Refreshed<String> of(@Nullable String credential, Clock clock) {
    TOKENS.values().removeIf(reference -> reference.get() == null);
    // By its hash: this map lives as long as the process.
    String key =
        System.identityHashCode(clock)
            + (credential == null ? "" : Sha256.hex(credential.getBytes(UTF_8)));
    WeakReference<Refreshed<String>> known = TOKENS.get(key);
    Refreshed<String> token = known == null ? null : known.get();
    if (token == null) {
      token =
          new Refreshed<>(
              "tokens for Vertex AI",
              new GoogleTokenSource(credential),
              clock,
              task -> Thread.ofVirtual().name("google-token").start(task));
      TOKENS.put(key, new WeakReference<>(token));
    }
    return token;
  }
}
