package io.llmgateway.localcluster.api;

import io.llmgateway.localcluster.schema.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kind in one version, as served.
 *
 * @param bucket the group-resource under which its objects are stored; shared by the versions of a
 *     kind
 * @param countsGeneration metadata.generation follows the spec
 * @param schema present on custom resources alone: of a built-in kind no schema is known
 */
public record ResourceType(
    String group,
    String version,
    String plural,
    String singular,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    boolean hasStatus,
    boolean countsGeneration,
    @Nullable ScalePaths scale,
    @Nullable Schema schema,
    List<PrinterColumn> columns,
    String bucket) {

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  public String groupResource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** The path of its group and version, such as {@code /apis/apps/v1}. */
  public String prefix() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + apiVersion();
  }

  public boolean isCustom() {
    return schema != null;
  }

  public Schema requireSchema() {
    return Objects.requireNonNull(schema);
  }
}
