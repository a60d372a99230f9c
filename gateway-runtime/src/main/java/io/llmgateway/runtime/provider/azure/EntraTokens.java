package io.llmgateway.runtime.provider.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.config.ProviderConfig.AzureOpenAi.Entra;
import io.llmgateway.runtime.config.Sha256;
import io.llmgateway.runtime.provider.token.Refreshed;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of this process: one for each identity, whatever the number of event loops and
 * backends, and it outlives a reload of the configuration.
 */
final class EntraTokens {
  private static final Map<Key, WeakReference<Refreshed<String>>> TOKENS = new HashMap<>();

  private EntraTokens() {}

  /** The secret by its hash: the map lives as long as the process. */
  private record Key(Entra identity, String secretHash, int clock) {}

  /**
   * @param clientSecret null: the identity's federated token stands for it
   */
  static synchronized Refreshed<String> of(
      Entra entra, @Nullable String clientSecret, Clock clock) {
    TOKENS.values().removeIf(reference -> reference.get() == null);
    String hash = clientSecret == null ? "" : Sha256.hex(clientSecret.getBytes(UTF_8));
    Key key = new Key(entra, hash, System.identityHashCode(clock));
    WeakReference<Refreshed<String>> known = TOKENS.get(key);
    Refreshed<String> token = known == null ? null : known.get();
    if (token == null) {
      token =
          new Refreshed<>(
              "tokens of the Microsoft Entra application " + entra.clientId(),
              new EntraTokenSource(entra, clientSecret),
              clock,
              task -> Thread.ofVirtual().name("entra-token").start(task));
      TOKENS.put(key, new WeakReference<>(token));
    }
    return token;
  }
}
