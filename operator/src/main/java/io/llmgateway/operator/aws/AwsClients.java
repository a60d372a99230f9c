package io.llmgateway.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.operator.compile.AwsIdentity;
import io.llmgateway.operator.compile.InferenceProfile;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Clients of AWS, made when they are first needed; an operator without AWS makes none. */
public final class AwsClients implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final String SESSION = "llmgateway-operator";

  private final AwsAccess access;
  private final Map<Identity, AwsCredentialsProvider> roles = new ConcurrentHashMap<>();
  private final Map<Identity, SecretsManagerClient> secrets = new ConcurrentHashMap<>();
  private final Map<Region, IamClient> iam = new ConcurrentHashMap<>();
  private @Nullable SdkHttpClient http;

  /** One for all: a client without it has five threads of its own, until it is closed. */
  private final ScheduledExecutorService timeouts =
      Executors.newScheduledThreadPool(
          1, Thread.ofPlatform().daemon().name("aws-timeouts").factory());

  /**
   * @param roleArn null for the operator's own
   */
  private record Identity(Region region, @Nullable String roleArn, String externalId) {}

  public AwsClients(AwsAccess access) {
    this.access = access;
  }

  /** As whoever the environment, the pod or the machine says that this process is. */
  public static AwsClients ofProcess() {
    return new AwsClients(
        new AwsAccess(
            DefaultCredentialsProvider.builder().build(),
            DefaultAwsRegionProviderChain.builder().build(),
            null));
  }

  SecretsManagerClient secretsManager(AwsIdentity as) {
    String externalId = as.roleArn() == null ? "" : as.externalId();
    return secrets.computeIfAbsent(
        new Identity(region(as.region()), as.roleArn(), externalId),
        identity -> {
          SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
          return configured(builder, identity.region(), credentials(identity)).build();
        });
  }

  /**
   * Drops the clients for a gateway that is gone. They are not closed: a call may be under way, and
   * what they hold is shared.
   *
   * @param externalId of the gateway
   */
  void forget(String externalId) {
    secrets.keySet().removeIf(identity -> identity.externalId().equals(externalId));
    roles.keySet().removeIf(identity -> identity.externalId().equals(externalId));
  }

  IamClient iam(String partition) {
    Region region =
        switch (partition) {
          case "aws-cn" -> Region.AWS_CN_GLOBAL;
          case "aws-us-gov" -> Region.AWS_US_GOV_GLOBAL;
          default -> Region.AWS_GLOBAL;
        };
    return iam.computeIfAbsent(
        region,
        r -> {
          IamClientBuilder builder = IamClient.builder();
          return configured(builder, r, access.credentials()).build();
        });
  }

  InferenceProfile inferenceProfile(InferenceProfile.Key key) throws AwsFailure {
    return new BedrockProfiles(signed()).get(service("bedrock", key.region()), key);
  }

  /** A call of EKS. */
  JsonNode eks(String region, SignedCalls.Call call) {
    return signed().send(service("eks", region), call);
  }

  private SignedCalls signed() {
    return new SignedCalls(http(), access.credentials());
  }

  /** Where the service's own client would find it. */
  private SignedCalls.Service service(String name, String region) {
    URI endpoint =
        AwsClientEndpointProvider.builder()
            .clientEndpointOverride(access.endpoint())
            .serviceEndpointOverrideEnvironmentVariable(
                "AWS_ENDPOINT_URL_" + name.toUpperCase(Locale.ROOT))
            .serviceEndpointOverrideSystemProperty(
                "aws.endpointUrl"
                    + name.substring(0, 1).toUpperCase(Locale.ROOT)
                    + name.substring(1))
            .serviceProfileProperty(name)
            .serviceEndpointPrefix(name)
            .defaultProtocol("https")
            .region(Region.of(region))
            .build()
            .clientEndpoint();
    return new SignedCalls.Service(name, region, endpoint);
  }

  private Region region(@Nullable String region) {
    return region == null ? access.region().getRegion() : Region.of(region);
  }

  private AwsCredentialsProvider credentials(Identity identity) {
    return identity.roleArn() == null
        ? access.credentials()
        : roles.computeIfAbsent(identity, this::assumed);
  }

  private AwsCredentialsProvider assumed(Identity identity) {
    StsClientBuilder builder = StsClient.builder();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(configured(builder, identity.region(), access.credentials()).build())
        .refreshRequest(
            r ->
                r.roleArn(identity.roleArn())
                    .roleSessionName(SESSION)
                    .externalId(identity.externalId()))
        .build();
  }

  private <
          B extends
              AwsClientBuilder<B, ?>
                  & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>>
      B configured(B builder, Region region, AwsCredentialsProvider credentials) {
    builder
        .httpClient(http())
        .region(region)
        .credentialsProvider(credentials)
        .overrideConfiguration(
            o ->
                o.apiCallAttemptTimeout(ATTEMPT)
                    .apiCallTimeout(CALL)
                    .scheduledExecutorService(timeouts));
    if (access.endpoint() != null) {
      builder.endpointOverride(access.endpoint());
    }
    return builder;
  }

  private synchronized SdkHttpClient http() {
    if (http == null) {
      http =
          UrlConnectionHttpClient.builder()
              .connectionTimeout(CONNECT)
              .socketTimeout(ATTEMPT)
              .build();
    }
    return http;
  }

  @Override
  public synchronized void close() {
    secrets.values().forEach(SecretsManagerClient::close);
    iam.values().forEach(IamClient::close);
    if (http != null) {
      http.close();
    }
    timeouts.shutdownNow();
  }
}
