package io.llmgateway.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.KeyTable;
import io.llmgateway.runtime.table.ModelNames;
import io.llmgateway.runtime.table.RouteTable;
import io.llmgateway.runtime.table.Snapshot;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyAuthenticatorTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private final Map<ByteBuffer, Key> keys = new HashMap<>();
  private final Authenticator authenticator =
      new KeyAuthenticator(Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer sk-good",
    "authorization, bearer   sk-good",
    "X-Api-Key, sk-good",
    "api-key, sk-good"
  })
  void a_known_key_is_accepted_in_each_header(String header, String value) throws Exception {
    add("good", "sk-good", null, false);

    assertThat(authenticate(header, value)).isEqualTo("good");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer sk-bad, invalid_api_key",
    "Authorization, 'Bearer ', invalid_api_key",
    "Authorization, Bearer, invalid_api_key",
    "Authorization, sk-good, invalid_api_key",
    "Authorization, Basic c2stZ29vZA==, invalid_api_key",
    "Authorization, Bearer sk-good extra, invalid_api_key",
    "x-api-key, '', invalid_api_key",
    "x-api-key, sk-goo, invalid_api_key",
    "x-other, sk-good, missing_api_key",
  })
  void anything_else_is_refused(String header, String value, String code) throws Exception {
    add("good", "sk-good", null, false);

    assertThat(authenticate(header, value)).isEqualTo("401 invalid_request_error " + code);
  }

  @Test
  void a_refusal_for_want_of_a_key_names_the_headers() {
    Authentication.Refused refused =
        (Authentication.Refused) authenticator.authenticate(snapshot(), new DefaultHttpHeaders());

    assertThat(refused.error().message()).contains("Authorization: Bearer", "x-api-key", "api-key");
  }

  @Test
  void two_different_keys_are_refused_even_when_both_are_good() throws Exception {
    add("good", "sk-good", null, false);
    add("fine", "sk-fine", null, false);
    HttpHeaders headers =
        new DefaultHttpHeaders().add("Authorization", "Bearer sk-good").add("x-api-key", "sk-fine");

    assertThat(result(headers)).isEqualTo("401 invalid_request_error invalid_api_key");
  }

  @Test
  void the_same_key_in_several_headers_is_accepted() throws Exception {
    add("good", "sk-good", null, false);
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .add("Authorization", "Bearer sk-good")
            .add("x-api-key", "sk-good")
            .add("api-key", "sk-good");

    assertThat(result(headers)).isEqualTo("good");
  }

  @Test
  void a_key_ends_at_its_expiry_and_not_before() throws Exception {
    add("ended", "sk-ended", NOW, false);
    add("ending", "sk-ending", NOW.plusMillis(1), false);

    assertThat(authenticate("x-api-key", "sk-ended"))
        .isEqualTo("401 invalid_request_error key_expired");
    assertThat(authenticate("x-api-key", "sk-ending")).isEqualTo("ending");
  }

  @Test
  void a_disabled_key_is_told_so_whether_expired_or_not() throws Exception {
    add("off", "sk-off", NOW.minus(Duration.ofDays(1)), true);

    assertThat(authenticate("x-api-key", "sk-off"))
        .isEqualTo("401 invalid_request_error key_disabled");
  }

  @Test
  void the_hash_is_over_the_bytes_as_they_were_sent() throws Exception {
    add("umlaut", "sk-schlüssel", null, false);
    String asNettyDecodesIt =
        new String("sk-schlüssel".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    assertThat(authenticate("x-api-key", asNettyDecodesIt)).isEqualTo("umlaut");
  }

  @Test
  void a_key_of_512_bytes_is_looked_up_and_a_longer_one_is_not() throws Exception {
    add("long", "k".repeat(512), null, false);
    add("longer", "k".repeat(513), null, false);

    assertThat(authenticate("x-api-key", "k".repeat(512))).isEqualTo("long");
    assertThat(authenticate("x-api-key", "k".repeat(513)))
        .isEqualTo("401 invalid_request_error invalid_api_key");
  }

  private void add(String id, String key, @Nullable Instant expiresAt, boolean disabled)
      throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    keys.put(
        ByteBuffer.wrap(hash),
        new Key(id, "default/" + id, null, null, ModelNames.of(List.of()), expiresAt, disabled));
  }

  private String authenticate(String header, String value) {
    return result(
        DefaultHttpHeadersFactory.headersFactory()
            .withValidation(false)
            .newHeaders()
            .add(header, value));
  }

  private String result(HttpHeaders headers) {
    return switch (authenticator.authenticate(snapshot(), headers)) {
      case Authentication.Accepted(Key key) -> key.id();
      case Authentication.Refused(var error) ->
          error.status() + " " + error.type() + " " + error.code();
    };
  }

  private Snapshot snapshot() {
    GatewaySettings.Limits limits =
        new GatewaySettings.Limits(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1);
    return new Snapshot(
        "r",
        new GatewaySettings("default/g", limits, Duration.ZERO),
        new RouteTable(Map.of(), List.of()),
        new KeyTable(keys));
  }
}
