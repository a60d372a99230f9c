package io.llmgateway.runtime.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The SDK's own ways to credentials, as pods on EKS have them, past their expiry. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class AwsCredentialsTest {
  private static final Duration LIFE = Duration.ofSeconds(3);
  private static final int EXPIRIES = 3;
  private static final String REPLY =
      "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"}]}},"
          + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1,\"outputTokens\":1,\"totalTokens\":2}}";

  private final Map<String, @Nullable String> before = new HashMap<>();

  private void set(String property, String value) {
    before.put(property, System.getProperty(property));
    System.setProperty(property, value);
  }

  @AfterEach
  void restore() {
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
  }

  /** IRSA: a projected token, STS, and a role of another account on top. */
  @Test
  void aRunThatOutlivesThreeExpiriesLosesNoRequest(@TempDir Path dir) throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "token-0");
    try (StsStub sts = new StsStub(LIFE);
        StubUpstream bedrock =
            BedrockStub.with(
                sts::secret, (request, connection) -> connection.write(StubUpstream.json(REPLY)))) {
      set("aws.webIdentityTokenFile", token.toString());
      set("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
      set("aws.roleSessionName", "pod");
      set("aws.region", "us-east-1");
      set("aws.endpointUrlSts", sts.url());
      ProviderConfig.Bedrock config =
          new ProviderConfig.Bedrock(
              BedrockStub.REGION,
              URI.create("http://127.0.0.1:" + bedrock.port()),
              null,
              "arn:aws:iam::210987654321:role/bedrock",
              null,
              null,
              null,
              null);
      Backend backend = new Backend("primary", 1, config, Converse.CLAUDE_4_5, null);
      Set<String> keys = new HashSet<>();
      int requests = 0;
      try (TestGateway gateway =
              new TestGateway.Builder().clock(Clock.systemUTC()).route("m", backend).start();
          RawClient client = gateway.client()) {
        long end = System.nanoTime() + LIFE.multipliedBy(EXPIRIES + 1).toNanos();
        while (System.nanoTime() < end || keys.size() <= EXPIRIES) {
          RawClient.Reply reply =
              client
                  .chat("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                  .reply();
          assertThat(reply.status()).as(reply.text()).isEqualTo(200);
          gateway.record();
          String head = bedrock.requests.take().head();
          int at = head.indexOf("Credential=") + "Credential=".length();
          keys.add(head.substring(at, head.indexOf('/', at)));
          assertThat(head).contains("\r\nX-Amz-Security-Token: token-ASIA");
          requests++;
          Files.writeString(token, "token-" + requests);
          Thread.sleep(20);
        }
      }
      assertThat(keys).hasSizeGreaterThan(EXPIRIES);
      assertThat(sts.requests)
          .anyMatch(r -> r.contains("AssumeRoleWithWebIdentity") && r.contains("role/pod"))
          .anyMatch(r -> r.contains("Action=AssumeRole&") && r.contains("role/bedrock"));
      assertThat(sts.given()).as("credentials fetched for %s requests", requests).isLessThan(60);
    }
  }

  @Test
  void podIdentity(@TempDir Path dir) throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "pod-token");
    try (StsStub agent = new StsStub(Duration.ofHours(1))) {
      set("aws.containerCredentialsFullUri", agent.url() + "/v1/credentials");
      set("aws.containerAuthorizationTokenFile", token.toString());
      AwsCredentialsIdentity got = AwsIdentities.source("us-east-1", null).fetch(false).value();

      assertThat(agent.secret(got.accessKeyId())).isEqualTo(got.secretAccessKey());
      assertThat(got.expirationTime()).isPresent();
      assertThat(agent.requests).contains("pod-token");
    }
  }
}
