package io.llmgateway.operator.compile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A directory per case: the gateway and the routes in {@code in-*.yaml}, with what {@code aws.yaml}
 * says that AWS knows, make the policies in {@code out-role.json}. {@code -Dupdate} writes these.
 */
class RolePolicyTest {
  private static final Path CASES = Path.of("src/test/resources/policy");
  private static final Path EKS = Path.of("../examples/eks");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AwsCluster CLUSTER =
      new AwsCluster(
          "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/0123",
          "arn:aws:eks:us-west-2:123456789012:cluster/prod",
          null);

  private record Resources(List<HasMetadata> resources) {
    <T> List<T> all(Class<T> kind) {
      return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> directories = Files.list(CASES)) {
      return directories.sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isAsReviewed(Path directory) throws IOException {
    JsonNode aws = YAML.readTree(directory.resolve("aws.yaml").toFile());
    AwsCluster cluster =
        new AwsCluster(
            aws.path("oidcProviderArn").textValue(), aws.path("eksClusterArn").textValue(), null);
    ManagedRole role = role(read(directory), cluster);

    var known = new HashMap<InferenceProfile.Key, InferenceProfile>();
    for (JsonNode profile : aws.path("profiles")) {
      known.put(
          new InferenceProfile.Key(profile.path("region").asText(), profile.path("id").asText()),
          new InferenceProfile(
              profile.path("arn").asText(),
              YAML.convertValue(
                  profile.path("models"),
                  YAML.getTypeFactory().constructCollectionType(List.class, String.class))));
    }
    assertThat(role.profiles()).isEqualTo(known.keySet());
    var made = JSON.createObjectNode();
    made.put("role", role.trust().roleArn());
    made.set("trust", JSON.readTree(role.trust().policy()));
    String permissions = role.permissions(known);
    made.set("permissions", permissions == null ? null : JSON.readTree(permissions));
    expect(directory.resolve("out-role.json"), made.toPrettyString() + "\n");
  }

  /** The example for EKS: its Bedrock models, and then one more. */
  @Test
  void aModelMoreIsOneRouteMore() throws IOException {
    Resources example = read(EKS);
    String before = policy(example);
    assertThat(models(before))
        .hasSize(7)
        .anyMatch(m -> m.contains("claude-opus"))
        .anyMatch(m -> m.contains("claude-sonnet"))
        .anyMatch(m -> m.contains("haiku"))
        .anyMatch(m -> m.contains("llama4"))
        .anyMatch(m -> m.contains("llama3"))
        .anyMatch(m -> m.contains("mistral-large"))
        .anyMatch(m -> m.contains("nova-pro"));

    List<HasMetadata> more = new ArrayList<>(example.resources());
    more.add(
        Given.route(
            "llm",
            "deepseek",
            YAML.readValue(
                """
                gatewayRef: {name: platform}
                models: [deepseek]
                backends: [{name: a, bedrock: {modelId: us.deepseek.r1-v1:0, region: us-west-2}}]
                """,
                ModelRouteSpec.class)));

    var added = new TreeSet<>(models(policy(new Resources(more))));
    added.removeAll(models(before));
    assertThat(added).containsExactly("deepseek.r1-v1:0");
  }

  @Test
  void aLongPolicyNamesModelsWithoutRegionsAndATooLongOneIsToBeRefused() {
    ManagedRole some = new ManagedRole(trust(), uses(10));
    ManagedRole many = new ManagedRole(trust(), uses(40));
    ManagedRole tooMany = new ManagedRole(trust(), uses(120));

    assertThat(permissions(some)).contains("us-east-2::foundation-model/v.m-9");
    assertThat(permissions(many))
        .contains("\"arn:aws:bedrock:*::foundation-model/v.m-39")
        .contains("arn:aws:bedrock:us-west-2:123456789012:inference-profile/us.v.m-39")
        .doesNotContain("us-east-2::");
    assertThat(permissions(many).length()).isLessThanOrEqualTo(ManagedRole.MAX_POLICY);
    assertThat(permissions(tooMany).length()).isGreaterThan(ManagedRole.MAX_POLICY);
  }

  /** IAM takes 2,048 characters of a trust policy. */
  @Test
  void theLongestTrustFits() {
    String name = "n".repeat(63);
    assertThat(
            List.of(
                new Trust.OfPods(
                    "arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/" + "c".repeat(100),
                    name,
                    name),
                new Trust.OfTokens(
                    "arn:aws-us-gov:iam::123456789012:oidc-provider/" + "i".repeat(255),
                    name,
                    name)))
        .allSatisfy(
            trust -> {
              assertThat(trust.policy()).hasSizeLessThan(2048);
              assertThat(trust.roleName()).hasSizeLessThanOrEqualTo(64);
            });
  }

  private static Trust trust() {
    return new Trust.OfPods(requireNonNull(CLUSTER.eksClusterArn()), "llm", "platform");
  }

  private static List<BedrockUse> uses(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new BedrockUse("us-west-2", "us.v.m-" + i + "-20250929-v1:0", null, null))
        .toList();
  }

  private static String policy(Resources given) {
    return permissions(role(given, CLUSTER));
  }

  /** With profiles as AWS has them for the US. */
  private static String permissions(ManagedRole role) {
    Map<InferenceProfile.Key, InferenceProfile> known = new HashMap<>();
    for (InferenceProfile.Key key : role.profiles()) {
      String model = key.id().substring(key.id().indexOf('.') + 1);
      known.put(
          key,
          new InferenceProfile(
              "arn:aws:bedrock:" + key.region() + ":123456789012:inference-profile/" + key.id(),
              Stream.of("us-east-1", "us-east-2", "us-west-2")
                  .map(region -> "arn:aws:bedrock:" + region + "::foundation-model/" + model)
                  .toList()));
    }
    return requireNonNull(role.permissions(known));
  }

  private static TreeSet<String> models(String policy) {
    TreeSet<String> models = new TreeSet<>();
    for (String part : policy.split("::foundation-model/", -1)) {
      models.add(part.substring(0, part.indexOf('"')));
    }
    models.removeIf(m -> !m.contains("."));
    return models;
  }

  private static ManagedRole role(Resources given, AwsCluster cluster) {
    CompiledGateway compiled =
        GatewayCompiler.compile(
            new GatewayInputs(
                given.all(LlmGateway.class).getFirst(),
                given.all(ModelRoute.class),
                List.of(),
                Map.of("llm", Map.of("llmgateway.io/use", "platform")),
                Given.secrets(given.all(Secret.class).toArray(Secret[]::new)),
                new Installation("example.com/proxy:1", "llmgateway-system", cluster, Set.of()),
                true));
    return requireNonNull(requireNonNull(compiled.identity()).role());
  }

  private static Resources read(Path directory) throws IOException {
    List<HasMetadata> resources = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files
              .filter(f -> f.toString().endsWith(".yaml") && !f.endsWith("aws.yaml"))
              .sorted()
              .toList()) {
        for (String document : Files.readString(file).split("(?m)^---\n")) {
          HasMetadata resource = resource(document);
          if (resource != null) {
            resources.add(resource);
          }
        }
      }
    }
    return new Resources(resources);
  }

  private static @Nullable HasMetadata resource(String document) throws IOException {
    return switch (YAML.readTree(document).path("kind").asText()) {
      case "LlmGateway" -> YAML.readValue(document, LlmGateway.class);
      case "ModelRoute" -> YAML.readValue(document, ModelRoute.class);
      case "Secret" -> withData(YAML.readValue(document, Secret.class));
      default -> null;
    };
  }

  private static Secret withData(Secret secret) {
    return Given.secret(
        secret.getMetadata().getNamespace(),
        secret.getMetadata().getName(),
        secret.getStringData());
  }

  private static void expect(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("update")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
