package io.llmgateway.runtime.auth;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.Snapshot;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key by its SHA-256. A comparison in constant time is not needed: what is compared is
 * the hash, and who can choose a key so that its hash comes near to another's has broken SHA-256.
 */
public final class KeyAuthenticator implements Authenticator {
  /** Longer ones are none of ours, and hashing them would be the caller's to command. */
  static final int MAX_KEY_BYTES = 512;

  private static final AsciiString X_API_KEY = AsciiString.cached("x-api-key");
  private static final AsciiString API_KEY = AsciiString.cached("api-key");
  private static final String BEARER = "Bearer ";

  private static final Authentication MISSING = refused(Errors.missingKey());
  private static final Authentication MALFORMED = refused(Errors.malformedKey());
  private static final Authentication CONTRADICTORY = refused(Errors.contradictoryKeys());
  private static final Authentication UNKNOWN = refused(Errors.unknownKey());
  private static final Authentication EXPIRED = refused(Errors.keyExpired());
  private static final Authentication DISABLED = refused(Errors.keyDisabled());

  private static final FastThreadLocal<Hasher> HASHER =
      new FastThreadLocal<>() {
        @Override
        protected Hasher initialValue() {
          return new Hasher();
        }
      };

  private final Clock clock;

  public KeyAuthenticator(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Authentication authenticate(Snapshot snapshot, HttpHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    String xApiKey = headers.get(X_API_KEY);
    String apiKey = headers.get(API_KEY);
    if (authorization == null && xApiKey == null && apiKey == null) {
      return MISSING;
    }
    String key = authorization == null ? null : bearer(authorization);
    if (authorization != null && key == null) {
      return MALFORMED;
    }
    for (String other : new @Nullable String[] {xApiKey, apiKey}) {
      if (other == null) {
        continue;
      }
      String trimmed = other.trim();
      // Which of two keys pays and is limited must not hang on the order we look in.
      if (key != null && !key.equals(trimmed)) {
        return CONTRADICTORY;
      }
      key = trimmed;
    }
    return key == null || key.isEmpty() || key.length() > MAX_KEY_BYTES
        ? MALFORMED
        : find(snapshot, key);
  }

  private Authentication find(Snapshot snapshot, String text) {
    byte[] hash = HASHER.get().sha256(text);
    Key key = hash == null ? null : snapshot.keys().find(hash);
    if (key == null) {
      return UNKNOWN;
    }
    if (key.disabled()) {
      return DISABLED;
    }
    Instant expiresAt = key.expiresAt();
    if (expiresAt != null && expiresAt.toEpochMilli() <= clock.millis()) {
      return EXPIRED;
    }
    return new Authentication.Accepted(key);
  }

  /** RFC 9110 §11.1: the scheme's case does not matter. */
  private static @Nullable String bearer(String authorization) {
    String value = authorization.trim();
    return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? value.substring(BEARER.length()).trim()
        : null;
  }

  private static Authentication refused(ApiError error) {
    return new Authentication.Refused(error);
  }

  /** Belongs to one thread, so that a request costs no digest of its own. */
  private static final class Hasher {
    private final MessageDigest digest;
    private final byte[] input = new byte[MAX_KEY_BYTES];

    Hasher() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    /** Null when the text has a character that no header can have carried. */
    byte @Nullable [] sha256(String text) {
      for (int i = 0; i < text.length(); i++) {
        // Netty gives each byte of a header as one character, so this restores what was sent.
        char c = text.charAt(i);
        if (c > 0xFF) {
          return null;
        }
        input[i] = (byte) c;
      }
      digest.update(input, 0, text.length());
      return digest.digest();
    }
  }
}
