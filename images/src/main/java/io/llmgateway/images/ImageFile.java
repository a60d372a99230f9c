package io.llmgateway.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts staged files into an image. The same files make the same image, whenever and wherever.
 *
 * @param layers directories whose content is the image's, what changes least first
 */
record ImageFile(
    String name, String version, Architecture architecture, List<Path> layers, Path cache) {

  /**
   * Writes a file for {@code docker load}, {@code crane push} and {@code skopeo copy}.
   *
   * @return the image's digest
   */
  String write(Program program, boolean withCache, Path file)
      throws IOException, InterruptedException {
    try {
      JibContainerBuilder image =
          Jib.fromScratch()
              .setFormat(ImageFormat.OCI)
              .setPlatforms(Set.of(new Platform(architecture.id(), "linux")))
              .setUser(BaseFiles.USER + ":" + BaseFiles.USER)
              .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
              .setEnvironment(Map.of("LANG", "C.UTF-8"))
              .setExposedPorts(program.ports.stream().map(Port::tcp).collect(Collectors.toSet()))
              .setLabels(
                  Map.of(
                      "org.opencontainers.image.title",
                      program.module,
                      "org.opencontainers.image.version",
                      version,
                      "org.opencontainers.image.licenses",
                      "Apache-2.0"))
              .setEntrypoint(program.entrypoint(withCache));
      for (Path layer : layers) {
        image.addFileEntriesLayer(layer(layer));
      }
      JibContainer made =
          image.containerize(
              Containerizer.to(TarImage.at(file).named(name + ":" + version))
                  .setOfflineMode(true)
                  .setToolName("llmgateway")
                  .setBaseImageLayersCache(cache.resolve("base"))
                  .setApplicationLayersCache(cache.resolve("layers")));
      return made.getDigest().toString();
    } catch (InvalidImageReferenceException
        | CacheDirectoryCreationException
        | RegistryException
        | ExecutionException e) {
      throw new IOException("the image " + name + " cannot be made", e);
    }
  }

  private static FileEntriesLayer layer(Path directory) throws IOException {
    FileEntriesLayer.Builder layer =
        FileEntriesLayer.builder().setName(directory.getFileName().toString());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String inImage = "/" + directory.relativize(file);
        layer.addEntry(
            file, AbsoluteUnixPath.get(inImage), permissions(inImage), AppFiles.MODIFIED);
      }
    }
    return layer.build();
  }

  /** By the path and not by the file: a build elsewhere may have another umask. */
  private static FilePermissions permissions(String path) {
    boolean program =
        path.contains("/bin/") || path.contains("/ld-linux-") || path.endsWith("/jspawnhelper");
    return FilePermissions.fromOctalString(program ? "755" : "644");
  }
}
