package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.provider.bedrock.AwsIdentity.AwsSource;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The identities of this process. There is one for each role, as the SDK's default chain (web
 * identity of IRSA, Pod Identity, instance role, environment) is the process's own.
 */
final class AwsIdentities {
  private static final String SESSION = "llm-gateway";

  private static final Map<Key, AwsIdentity> IDENTITIES = new ConcurrentHashMap<>();

  private AwsIdentities() {}

  private record Key(String region, @Nullable String role) {}

  /**
   * @param region where roles are taken on
   * @param role ARN of the role to take on; null: none
   */
  static AwsIdentity of(String region, @Nullable String role, Clock clock) {
    return IDENTITIES.computeIfAbsent(
        // Without a role the region does not matter.
        new Key(role == null ? "" : region, role), key -> identity(source(region, role), clock));
  }

  static AwsIdentity identity(AwsSource source, Clock clock) {
    return new AwsIdentity(
        source, clock, task -> Thread.ofVirtual().name("aws-credentials").start(task));
  }

  /** Asks the SDK, which keeps what it got; so that the first call is not made here. */
  static AwsSource source(String region, @Nullable String role) {
    return new AwsSource() {
      private @Nullable AwsCredentialsProvider provider;

      @Override
      public synchronized AwsCredentialsIdentity fetch(boolean anew) {
        AwsCredentialsProvider asked = provider;
        if (anew && asked != null) {
          close(asked);
          asked = null;
        }
        if (asked == null) {
          asked = role == null ? chain() : assumed(region, role);
          provider = asked;
        }
        return asked.resolveCredentials();
      }
    };
  }

  private static AwsCredentialsProvider chain() {
    return DefaultCredentialsProvider.builder().build();
  }

  private static AwsCredentialsProvider assumed(String region, String role) {
    StsClient sts =
        StsClient.builder()
            .region(Region.of(region))
            .credentialsProvider(chain())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(request -> request.roleArn(role).roleSessionName(SESSION))
        .build();
  }

  private static void close(AwsCredentialsProvider provider) {
    if (provider instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
