package io.llmgateway.runtime.server;

import static io.llmgateway.runtime.testing.StubUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.testing.Certificate;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamTlsTest {
  private static Certificate localhost;
  private static Certificate other;

  @BeforeAll
  static void makeCertificates(@TempDir Path stores) throws Exception {
    localhost = Certificate.make(stores, "dns:localhost");
    other = Certificate.make(stores, "dns:other.example");
  }

  private static StubUpstream upstream(Certificate shown) throws Exception {
    ServerSocket listener =
        shown
            .server()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new StubUpstream(
        c -> {
          while (c.request() != null) {
            c.write(json("{\"n\":" + c.number + "}"));
          }
        },
        listener);
  }

  private static TestGateway gateway(StubUpstream upstream, @Nullable String trusted) {
    URI url = URI.create("https://localhost:" + upstream.port() + "/v1");
    return new TestGateway.Builder()
        .route(
            "m",
            new Backend("primary", 1, new ProviderConfig.OpenAi("vllm", url, trusted), null, "c"))
        .start();
  }

  @Test
  void a_trusted_upstream_is_called_and_its_connection_used_again() throws Exception {
    try (StubUpstream upstream = upstream(localhost);
        TestGateway gateway = gateway(upstream, localhost.certificatePem());
        RawClient client = gateway.client()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.chat("{\"model\":\"m\"}").reply().text()).isEqualTo("{\"n\":1}");
        gateway.record();
      }
      assertThat(upstream.requests.remove().head())
          .contains("host: localhost:" + upstream.port() + "\r\n");
    }
  }

  @Test
  void one_of_an_unknown_authority_is_not() throws Exception {
    for (String trusted : new @Nullable String[] {null, other.certificatePem()}) {
      assertRefused(localhost, trusted);
    }
  }

  @Test
  void one_of_another_name_is_not() throws Exception {
    assertRefused(other, other.certificatePem());
  }

  private static void assertRefused(Certificate shown, @Nullable String trusted) throws Exception {
    try (StubUpstream upstream = upstream(shown);
        TestGateway gateway = gateway(upstream, trusted);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"m\"}").reply();
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.text())
          .contains("\"code\":\"upstream_unreachable\"", "the TLS handshake failed");
      assertThat(upstream.requests).isEmpty();
      gateway.record();
    }
  }

  @Test
  void one_that_speaks_no_tls_is_not() throws Exception {
    try (StubUpstream upstream = StubUpstream.answering("HTTP/1.1 400 Bad Request\r\n\r\n");
        TestGateway gateway = gateway(upstream, null);
        RawClient client = gateway.client()) {
      assertThat(client.chat("{\"model\":\"m\"}").reply().status()).isEqualTo(502);
      gateway.record();
    }
  }
}
