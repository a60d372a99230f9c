package io.llmgateway.operator.compile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.llmgateway.api.v1alpha1.Observability.Dashboards;
import io.llmgateway.runtime.config.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Dashboards on one gateway. Each is a file beside this class that Grafana can import as it is,
 * with the gateway in two constants, {@code namespace} and {@code gateway}.
 */
final class GrafanaDashboards {
  private static final List<String> NAMES = List.of("overview", "models", "spend", "operator");

  /** What Grafana's sidecar looks for by default. */
  private static final Map<String, String> LABEL = Map.of("grafana_dashboard", "1");

  private static final String FOLDER = "grafana_folder";

  /** Grafana takes 40 characters for a whole id. */
  private static final int ID_CHARS = 16;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private GrafanaDashboards() {}

  static ConfigMap of(GatewayNames names, Dashboards spec) {
    ObjectMeta meta = names.child(names.name() + "-dashboards", Monitoring.COMPONENT);
    LABEL.forEach(meta.getLabels()::putIfAbsent);
    Present.in(spec.labels()).forEach(meta.getLabels()::putIfAbsent);
    if (spec.folder() != null) {
      meta.setAnnotations(Map.of(FOLDER, spec.folder()));
    }
    Map<String, String> data = new TreeMap<>();
    for (String name : NAMES) {
      // The sidecar puts the files of all ConfigMaps into one directory.
      data.put(
          "llmgateway-" + names.namespace() + "-" + names.name() + "-" + name + ".json",
          of(names, name).toPrettyString());
    }
    return new ConfigMapBuilder().withMetadata(meta).withData(data).build();
  }

  private static ObjectNode of(GatewayNames names, String name) {
    ObjectNode dashboard = read(name);
    String qualified = names.namespace() + "/" + names.name();
    String id = Sha256.hex(qualified.getBytes(StandardCharsets.UTF_8)).substring(0, ID_CHARS);
    dashboard.put("uid", "llmgateway-" + id + "-" + name);
    dashboard.put("title", dashboard.path("title").asText() + " " + qualified);
    for (JsonNode variable : dashboard.withObject("templating").withArray("list")) {
      String value = value(names, variable.path("name").asText());
      if (value != null && variable instanceof ObjectNode constant) {
        constant.put("query", value);
      }
    }
    return dashboard;
  }

  private static @Nullable String value(GatewayNames names, String variable) {
    return switch (variable) {
      case "namespace" -> names.namespace();
      case "gateway" -> names.name();
      default -> null;
    };
  }

  private static ObjectNode read(String name) {
    try (InputStream file =
        Objects.requireNonNull(
            GrafanaDashboards.class.getResourceAsStream("dashboards/" + name + ".json"))) {
      return (ObjectNode) JSON.readTree(file);
    } catch (JacksonException e) {
      throw new IllegalStateException(name, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
