package io.llmgateway.localcluster.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A program with the runtime's parameters, ready while its config directory has a manifest. A
 * manifest that says {@code crash} ends it.
 */
public final class StubGateway {
  private StubGateway() {}

  public static void main(String[] args) throws IOException {
    var manifest = Path.of(value("config", args)).resolve("manifest.json");
    var port = Integer.parseInt(value("management-port", args));
    System.out.println("stub on port " + value("port", args) + ", management " + port);
    if (Files.readString(manifest).equals("crash")) {
      System.exit(1);
    }
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(value("host", args)), port), 0);
    server.createContext(
        "/health/readiness",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(Files.exists(manifest) ? 200 : 503, -1);
          }
        });
    server.start();
  }

  private static String value(String name, String[] args) {
    return Arrays.stream(args)
        .filter(a -> a.startsWith("--" + name + "="))
        .map(a -> a.substring(name.length() + 3))
        .findFirst()
        .orElseThrow();
  }

  /** Makes a program of this class, and an argument file for its JVM beside it. */
  static Path jar(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("gateway.options"), "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n");
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubGateway.class.getName());
    var jar = directory.resolve("stub.jar");
    var file = StubGateway.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var code = StubGateway.class.getClassLoader().getResourceAsStream(file)) {
      out.putNextEntry(new JarEntry(file));
      Objects.requireNonNull(code, file).transferTo(out);
    }
    return jar;
  }
}
