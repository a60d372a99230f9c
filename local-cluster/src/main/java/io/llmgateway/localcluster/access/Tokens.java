package io.llmgateway.localcluster.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens of service accounts, for as long as this process lives. */
public final class Tokens {
  private static final int BYTES = 32;

  private final Map<String, ServiceAccount> accounts = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  public String issue(ServiceAccount account) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var token = HexFormat.of().formatHex(bytes);
    accounts.put(token, account);
    return token;
  }

  /** Null for a token that was never issued. */
  public @Nullable ServiceAccount accountOf(String token) {
    return accounts.get(token);
  }
}
