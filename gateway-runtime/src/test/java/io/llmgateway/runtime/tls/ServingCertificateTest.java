package io.llmgateway.runtime.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.llmgateway.runtime.testing.Certificate;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingCertificateTest {
  private static Certificate first;
  private static Certificate second;

  @TempDir private Path directory;
  private ServingCertificate serving;

  @BeforeAll
  static void makeCertificates(@TempDir Path stores) throws Exception {
    first = Certificate.make(stores, "ip:127.0.0.1");
    second = Certificate.make(stores, "ip:127.0.0.1");
  }

  @BeforeEach
  void serve() {
    serving = new ServingCertificate(directory);
  }

  private void write(String certificate, String key) throws IOException {
    Files.createDirectories(directory.resolve("tls"));
    Files.writeString(directory.resolve("tls/tls.crt"), certificate);
    Files.writeString(directory.resolve("tls/tls.key"), key);
    serving.changed();
  }

  private static RawClient connect(TestGateway gateway, SSLContext trust) throws IOException {
    SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", gateway.server().port());
    socket.startHandshake();
    return new RawClient(socket);
  }

  @Test
  void a_renewed_certificate_is_shown_to_new_connections_and_old_ones_go_on() throws Exception {
    write(first.certificatePem(), first.keyPem());
    assertThat(serving.notAfter()).isEqualTo(first.x509().getNotAfter().toInstant());
    try (TestGateway gateway = new TestGateway.Builder().echo("m").tls(serving).start();
        RawClient before = connect(gateway, first.client())) {
      assertThat(before.get("/v1/models").reply().status()).isEqualTo(200);

      write(second.certificatePem(), second.keyPem());

      try (RawClient after = connect(gateway, second.client())) {
        assertThat(after.get("/v1/models").reply().status()).isEqualTo(200);
        assertThat(before.get("/v1/models").reply().status()).isEqualTo(200);
      }
      SSLContext old = first.client();
      assertThatThrownBy(() -> connect(gateway, old)).isInstanceOf(SSLHandshakeException.class);
      for (int i = 0; i < 3; i++) {
        gateway.record();
      }
    }
  }

  @Test
  void a_stream_over_tls_arrives() throws Exception {
    write(first.certificatePem(), first.keyPem());
    try (TestGateway gateway = new TestGateway.Builder().echo("m").tls(serving).start();
        RawClient client = connect(gateway, first.client())) {
      String text =
          client
              .chat(
                  "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                      + "word ".repeat(5_000)
                      + "\"}]}")
              .reply()
              .text();

      assertThat(text.split("\" word\"", -1)).hasSize(5_001);
      assertThat(text).endsWith("data: [DONE]\n\n");
      gateway.record();
    }
  }

  @Test
  void before_the_first_certificate_there_is_none() {
    serving.changed();

    assertThat(serving.lastError()).contains("cannot be read");
    assertThat(serving.notAfter()).isNull();
    assertThatThrownBy(serving::get).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void what_cannot_serve_leaves_the_last_good_one_in_force() throws Exception {
    write(first.certificatePem(), first.keyPem());
    Object inForce = serving.get();
    record Case(String certificate, String key, String error) {}
    String truncated = first.keyPem().substring(0, 120) + "\n-----END PRIVATE KEY-----\n";
    for (Case bad :
        new Case[] {
          new Case(second.certificatePem(), first.keyPem(), "tls.key: is not the key of"),
          new Case("", first.keyPem(), "tls.crt: has no certificate"),
          new Case("no PEM", first.keyPem(), "tls.crt: "),
          new Case(first.certificatePem(), "", "tls.key: must have a PEM block"),
          new Case(first.certificatePem(), truncated, "tls.key: "),
          new Case(first.certificatePem(), first.certificatePem(), "tls.key: must have a PEM"),
          new Case(
              first.certificatePem(),
              "-----BEGIN EC PRIVATE KEY-----\nMHcCAQ==\n-----END EC PRIVATE KEY-----\n",
              "tls.key: "),
        }) {
      write(bad.certificate(), bad.key());

      assertThat(serving.lastError()).startsWith(bad.error());
      assertThat(serving.lastError())
          .doesNotContain(first.keyPem().lines().toList().get(1).substring(0, 20));
      assertThat(serving.get()).isSameAs(inForce);
    }
    write(first.certificatePem(), first.keyPem());
    assertThat(serving.lastError()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PKCS#8, openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out tls.key",
    "RSA PKCS#1, openssl genrsa -traditional -out tls.key 2048",
    "EC PKCS#8, openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out tls.key",
    "EC SEC 1, openssl ecparam -name prime256v1 -genkey -out tls.key",
    "EC SEC 1 without parameters, openssl ecparam -name secp521r1 -genkey -noout -out tls.key",
    "Ed25519, openssl genpkey -algorithm ED25519 -out tls.key"
  })
  void keys_in_each_form_that_tools_write_are_read(String form, String command) throws Exception {
    assumeTrue(runs("openssl version"), "openssl is not there, skipped: apt-get install openssl");
    Files.createDirectories(directory.resolve("tls"));
    assertThat(runs(command)).as(form).isTrue();
    assertThat(runs("openssl req -x509 -key tls.key -subj /CN=x -days 2 -out tls.crt")).isTrue();

    serving.changed();

    assertThat(serving.lastError()).as(form).isNull();
    assertThat(serving.get().isServer()).isTrue();
  }

  @Test
  void an_encrypted_key_is_told_as_such() {
    assertThatThrownBy(
            () ->
                PemPrivateKey.parse(
                    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII=\n"
                        + "-----END ENCRYPTED PRIVATE KEY-----"))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("not encrypted");
  }

  private boolean runs(String command) throws InterruptedException {
    try {
      Path work = Files.createDirectories(directory.resolve("tls"));
      Process process =
          new ProcessBuilder(command.split(" ", -1))
              .directory(work.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean well = process.waitFor() == 0;
      if (!well) {
        System.err.println(output);
      }
      return well;
    } catch (IOException e) {
      return false;
    }
  }
}
