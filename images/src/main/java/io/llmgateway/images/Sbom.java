package io.llmgateway.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bill of materials: the libraries, from the build, and what is below them. */
final class Sbom {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Sbom() {}

  /**
   * @param libraries the build's, in CycloneDX's JSON
   */
  static void write(Path libraries, Architecture architecture, String javaVersion, Path file)
      throws IOException {
    ObjectNode bom = (ObjectNode) JSON.readTree(Files.readAllBytes(libraries));
    ArrayNode components = bom.withArray("components");
    DebianPackage libc = DebianPackage.libc(architecture);
    components
        .addObject()
        .put("type", "operating-system")
        .put("name", libc.name())
        .put("version", libc.version())
        .put(
            "purl",
            "pkg:deb/debian/%s@%s?arch=%s&distro=bookworm"
                .formatted(libc.name(), libc.version().replace("+", "%2B"), architecture.id()));
    components
        .addObject()
        .put("type", "platform")
        .put("name", "openjdk")
        .put("version", javaVersion)
        .put("cpe", "cpe:2.3:a:oracle:openjdk:%s:*:*:*:*:*:*:*".formatted(javaVersion));
    Files.createDirectories(file.getParent());
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(bom));
  }
}
