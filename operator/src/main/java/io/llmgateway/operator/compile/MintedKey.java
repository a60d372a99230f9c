package io.llmgateway.operator.compile;

import io.llmgateway.runtime.config.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key as the operator mints it: {@code sk-<id>-<secret>}.
 *
 * @param id public: 12 characters of a to z and 2 to 7
 * @param key the whole key, with 32 random bytes in base64url as its secret part
 */
public record MintedKey(String id, String key) {
  private static final Pattern FORMAT = Pattern.compile("sk-([a-z2-7]{12})-[A-Za-z0-9_-]{43}");
  private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_BYTES = 32;

  public static MintedKey mint(SecureRandom random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    while (id.length() < ID_LENGTH) {
      id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new MintedKey(id.toString(), "sk-" + id + "-" + text);
  }

  /** Null when the text has not the format of a minted key. */
  public static @Nullable MintedKey parse(String key) {
    Matcher matcher = FORMAT.matcher(key);
    return matcher.matches() ? new MintedKey(matcher.group(1), key) : null;
  }

  /** What the gateway checks a key against: lower-case hex SHA-256 of the whole key in UTF-8. */
  public static String sha256(String key) {
    return Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The id alone: the key must reach no log. */
  @Override
  public String toString() {
    return "MintedKey[" + id + "]";
  }
}
