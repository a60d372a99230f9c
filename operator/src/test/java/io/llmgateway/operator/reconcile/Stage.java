package io.llmgateway.operator.reconcile;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.aws.AwsClients;
import io.llmgateway.operator.aws.SecretListener;
import io.llmgateway.operator.client.ApiClient;
import io.llmgateway.operator.client.Renewals;
import io.llmgateway.operator.compile.AwsCluster;
import io.llmgateway.runtime.config.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A cluster, the operator on it, and what a test asks of them. */
final class Stage implements AutoCloseable {
  static final String IMAGE = "registry.example.com/proxy:1.0";
  private static final com.fasterxml.jackson.databind.json.JsonMapper JSON =
      com.fasterxml.jackson.databind.json.JsonMapper.builder().build();

  final TestCluster cluster;
  final KubernetesClient client;
  final AtomicInteger minted = new AtomicInteger();
  private final Clock clock;
  private final AwsClients aws;
  private final List<KubernetesClient> clients = new ArrayList<>();
  private final List<GatewayOperator> operators = new ArrayList<>();
  private final List<StubReplica> replicas = new ArrayList<>();

  static final AwsCluster AWS =
      new AwsCluster(
          "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123",
          "arn:aws:eks:eu-central-1:123456789012:cluster/prod",
          null);

  private static final SecretListener NOBODY =
      new SecretListener() {
        @Override
        public void synced(ResourceID gateway, String name, Instant at) {}

        @Override
        public void failed(ResourceID gateway, String name) {}

        @Override
        public void forgotten(ResourceID gateway, String name) {}
      };

  private Stage(Clock clock, AwsClients aws) throws IOException {
    this.clock = clock;
    this.aws = aws;
    cluster = TestCluster.start();
    client = newClient(cluster.administrator());
    cluster.prepare(client);
  }

  /** With one operator that works without a lease. */
  static Stage start() throws IOException {
    return start(Clock.systemUTC());
  }

  static Stage start(Clock clock) throws IOException {
    return start(clock, AwsClients.ofProcess());
  }

  static Stage start(Clock clock, AwsClients aws) throws IOException {
    Stage stage = new Stage(clock, aws);
    stage.startOperator(null);
    return stage;
  }

  static Stage withoutOperator(AwsClients aws) throws IOException {
    return new Stage(Clock.systemUTC(), aws);
  }

  static Stage withoutOperator() throws IOException {
    return new Stage(Clock.systemUTC(), AwsClients.ofProcess());
  }

  GatewayOperator startOperator(@Nullable LeaderElectionConfiguration election) {
    return startOperator(election, cluster.operator());
  }

  GatewayOperator startOperator(@Nullable LeaderElectionConfiguration election, Config way) {
    GatewayOperator operator =
        new GatewayOperator(
            newClient(way),
            new GatewayOperator.Options(
                IMAGE,
                ChartPermissions.OPERATOR.namespace(),
                election,
                () -> true,
                Metrics.NOOP,
                clock,
                minted::incrementAndGet,
                aws,
                AWS,
                NOBODY));
    operators.add(operator);
    operator.start();
    return operator;
  }

  /** Another process would start like that. */
  void restartOperator() {
    stopOperator();
    startOperator(null);
  }

  void stopOperator() {
    operators.forEach(GatewayOperator::close);
    operators.clear();
  }

  private KubernetesClient newClient(Config config) {
    KubernetesClient made = ApiClient.of(config, new Renewals(Clock.systemUTC()));
    clients.add(made);
    return made;
  }

  void namespace(String name, String label, String value) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(label, value)
                .endMetadata()
                .build())
        .createOr(r -> r.update());
  }

  /**
   * @param plural of a kind of another project, with a file of its own in the test resources
   */
  void install(String plural) {
    client.load(definition(plural)).create();
  }

  void uninstall(String plural) {
    client.load(definition(plural)).delete();
    // The objects go first.
    eventually()
        .until(() -> client.load(definition(plural)).get().stream().allMatch(d -> d == null));
  }

  private static java.io.InputStream definition(String plural) {
    return requireNonNull(Stage.class.getResourceAsStream("/crds/" + plural + ".yaml"), plural);
  }

  /** Applies as kubectl does, into namespace default unless the YAML says another. */
  void apply(String yaml) {
    client
        .load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(
            item -> {
              if (item.getMetadata().getNamespace() == null) {
                item.getMetadata().setNamespace("default");
              }
              client.resource(item).fieldManager("kubectl").forceConflicts().serverSideApply();
            });
  }

  /** A ready pod of the gateway; its management port answers with what is in the cluster. */
  StubReplica replica(String gateway, String name) {
    StubReplica replica = StubReplica.start(client, gateway, name, () -> revision(gateway));
    replicas.add(replica);
    return replica;
  }

  /** That of the manifest in the cluster; null when there is none. */
  @Nullable String revision(String gateway) {
    Secret secret = client.secrets().inNamespace("default").withName(gateway + "-config").get();
    try {
      return secret == null
          ? null
          : JSON.readTree(entry(secret, Manifest.FILE)).path("revision").textValue();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static String entry(Secret secret, String name) {
    return new String(
        Base64.getDecoder().decode(requireNonNull(secret.getData().get(name))),
        StandardCharsets.UTF_8);
  }

  @Nullable Secret secret(String name) {
    return client.secrets().inNamespace("default").withName(name).get();
  }

  LlmGateway gateway(String name) {
    return requireNonNull(
        client.resources(LlmGateway.class).inNamespace("default").withName(name).get());
  }

  ModelRoute route(String name) {
    return requireNonNull(
        client.resources(ModelRoute.class).inNamespace("default").withName(name).get());
  }

  ApiKey key(String name) {
    return key("default", name);
  }

  ApiKey key(String namespace, String name) {
    return requireNonNull(
        client.resources(ApiKey.class).inNamespace(namespace).withName(name).get());
  }

  /** {@code Type=Status/Reason} of each condition; of a route also those of its gateway. */
  static List<String> conditions(HasMetadata resource) {
    List<Condition> conditions = new ArrayList<>();
    switch (resource) {
      case LlmGateway g when g.getStatus() != null -> add(conditions, g.getStatus().conditions());
      case ApiKey k when k.getStatus() != null -> add(conditions, k.getStatus().conditions());
      case ModelRoute r when r.getStatus() != null -> {
        add(conditions, r.getStatus().conditions());
        requireNonNull(r.getStatus().parents()).forEach(p -> add(conditions, p.conditions()));
      }
      default -> {}
    }
    return conditions.stream()
        .map(c -> c.getType() + "=" + c.getStatus() + "/" + c.getReason())
        .toList();
  }

  private static void add(List<Condition> all, @Nullable List<Condition> some) {
    if (some != null) {
      all.addAll(some);
    }
  }

  /** {@code Type Reason} of the Events of a resource, oldest first. */
  List<String> events(String name) {
    return client.v1().events().inNamespace("default").list().getItems().stream()
        .filter(e -> name.equals(e.getInvolvedObject().getName()))
        .sorted(java.util.Comparator.comparing((Event e) -> e.getMetadata().getName()))
        .map(e -> e.getType() + " " + e.getReason())
        .toList();
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }

  /** Returns when nobody has written anything for a while. */
  void settle() {
    long[] last = {-1, System.nanoTime()};
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              long writes = cluster.activity(client);
              if (writes != last[0]) {
                last[0] = writes;
                last[1] = System.nanoTime();
              }
              return System.nanoTime() - last[1] > Duration.ofMillis(1500).toNanos();
            });
  }

  @Override
  public void close() {
    operators.forEach(GatewayOperator::close);
    replicas.forEach(StubReplica::close);
    clients.forEach(KubernetesClient::close);
    cluster.close();
  }
}
