package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.ModelRouteSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No dead fields: what a spec says shows in what is written, not only in a problem. */
class EveryFieldCountsTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "gateway", LlmGatewaySpec.class,
          "route", ModelRouteSpec.class,
          "key", ApiKeySpec.class);

  @Test
  void aChangeOfAnyFieldChangesWhatIsWritten() {
    JsonNode before = read("before.yaml");
    JsonNode after = read("after.yaml");
    String unchanged = compile(before);
    Map<String, JsonPointer> leaves = leaves(before);

    Set<String> alive = new TreeSet<>();
    for (Map.Entry<String, JsonPointer> leaf : leaves.entrySet()) {
      JsonPointer at = leaf.getValue();
      assertThat(after.at(at))
          .as("after.yaml has another value for %s", at)
          .isNotEqualTo(before.at(at));
      JsonNode changed = before.deepCopy();
      set(changed, at, after.at(at));
      if (!compile(changed).equals(unchanged)) {
        alive.add(RecordFields.schemaPath(leaf.getKey()));
      }
    }

    Set<String> all = new TreeSet<>();
    KINDS.forEach((kind, type) -> RecordFields.paths(type).forEach(p -> all.add(kind + "." + p)));
    assertThat(alive).isEqualTo(all);
  }

  private static String compile(JsonNode scenario) {
    Secret values = Given.secret("team-a", "values", texts("1", "2"));
    Secret values2 = Given.secret("team-a", "values2", texts("3", "4"));
    Secret gatewayValues = Given.secret("gateways", "values", texts("5", "6"));
    Secret gatewayValues2 = Given.secret("gateways", "values2", texts("7", "8"));
    Map<String, String> pair = Map.of("tls.crt", Given.certificate("one"), "tls.key", "key");
    GatewayInputs.Secrets secrets =
        Given.secrets(
            values,
            values2,
            gatewayValues,
            gatewayValues2,
            Given.secret(
                "team-a",
                "ca",
                Map.of("a", Given.certificate("one"), "b", Given.certificate("two"))),
            Given.secret("team-a", "ca2", Map.of("a", Given.certificate("two"))),
            Given.secret("gateways", "certificate", pair),
            Given.secret("gateways", "certificate-2", pair),
            minted("minted-1", 'a'),
            minted("minted-2", 'b'));
    StringBuilder written = new StringBuilder();
    for (String gateway :
        List.of("gateway", "gatewayScaled", "gatewayScaledByRequests", "gatewayByDigest")) {
      var resource = Given.gateway(value(scenario.get(gateway), LlmGatewaySpec.class));
      GatewayInputs inputs =
          new GatewayInputs(
              Given.named(resource, "gateways", "main", "uid"),
              List.of(
                  Given.route(
                      "team-a", "route", value(scenario.get("route"), ModelRouteSpec.class))),
              List.of(
                  Given.key("team-a", "minted", value(scenario.get("keyMinted"), ApiKeySpec.class)),
                  Given.key(
                      "team-a",
                      "referenced",
                      value(scenario.get("keyReferenced"), ApiKeySpec.class)),
                  Given.key("team-a", "in-aws", value(scenario.get("keyInAws"), ApiKeySpec.class)),
                  Given.key(
                      "team-a", "hashed", value(scenario.get("keyHashed"), ApiKeySpec.class))),
              Map.of("team-a", Map.of("team", "a")),
              secrets,
              Given.INSTALLATION,
              true);
      written.append(new Outcome(GatewayCompiler.compile(inputs)).written());
    }
    return written.toString();
  }

  private static Map<String, String> texts(String a, String b) {
    return Map.of("a", "long-enough-for-a-key-" + a, "b", "long-enough-for-a-key-" + b);
  }

  private static Secret minted(String name, char fill) {
    String key = "sk-" + String.valueOf(fill).repeat(12) + "-" + "A".repeat(43);
    return Given.ownedBy("uid-of-minted", Given.secret("team-a", name, Map.of("api-key", key)));
  }

  private static <T> T value(JsonNode node, Class<T> type) {
    try {
      return YAML.treeToValue(node, type);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String file) {
    try {
      return YAML.readTree(Files.readString(Path.of("src/test/resources/fields", file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pointer by itself as text, of every value that has no parts. */
  private static Map<String, JsonPointer> leaves(JsonNode root) {
    Map<String, JsonPointer> leaves = new TreeMap<>();
    collect(root, JsonPointer.empty(), leaves);
    return leaves;
  }

  private static void collect(JsonNode node, JsonPointer at, Map<String, JsonPointer> leaves) {
    if (node.isEmpty()) {
      leaves.put(at.toString(), at);
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.get(i), at.appendIndex(i), leaves);
      }
    } else {
      node.properties().forEach(p -> collect(p.getValue(), at.appendProperty(p.getKey()), leaves));
    }
  }

  private static void set(JsonNode root, JsonPointer at, JsonNode value) {
    JsonNode parent = root.at(at.head());
    if (parent instanceof ArrayNode array) {
      array.set(at.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
    }
  }
}
