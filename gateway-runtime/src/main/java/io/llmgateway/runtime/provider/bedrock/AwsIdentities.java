package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.provider.token.Lease;
import io.llmgateway.runtime.provider.token.LeaseSource;
import io.llmgateway.runtime.provider.token.Refreshed;
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

  private static final Map<Key, Refreshed<AwsCredentialsIdentity>> IDENTITIES =
      new ConcurrentHashMap<>();

  private AwsIdentities() {}

  private record Key(String region, @Nullable String role) {}

  /**
   * @param region where roles are taken on
   * @param role ARN of the role to take on; null: none
   */
  static Refreshed<AwsCredentialsIdentity> of(String region, @Nullable String role, Clock clock) {
    return IDENTITIES.computeIfAbsent(
        // Without a role the region does not matter.
        new Key(role == null ? "" : region, role), key -> identity(source(region, role), clock));
  }

  static Refreshed<AwsCredentialsIdentity> identity(
      LeaseSource<AwsCredentialsIdentity> source, Clock clock) {
    return new Refreshed<>(
        "AWS credentials",
        source,
        clock,
        task -> Thread.ofVirtual().name("aws-credentials").start(task));
  }

  /** Asks the SDK, which keeps what it got; so that the first call is not made here. */
  static LeaseSource<AwsCredentialsIdentity> source(String region, @Nullable String role) {
    return new LeaseSource<AwsCredentialsIdentity>() {
      private @Nullable AwsCredentialsProvider provider;

      @Override
      public synchronized Lease<AwsCredentialsIdentity> fetch(boolean anew) {
        AwsCredentialsProvider asked = provider;
        if (anew && asked != null) {
          close(asked);
          asked = null;
        }
        if (asked == null) {
          asked = role == null ? chain() : assumed(region, role);
          provider = asked;
        }
        AwsCredentialsIdentity credentials = asked.resolveCredentials();
        return new Lease<>(credentials, credentials.expirationTime().orElse(null));
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
