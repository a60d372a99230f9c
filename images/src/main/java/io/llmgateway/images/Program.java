package io.llmgateway.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an image runs. */
enum Program {
  GATEWAY_RUNTIME(
      "gateway-runtime",
      "gateway",
      // As jdeps lists them, but for java.desktop and jdk.httpserver: only msal4j's sign-in with a
      // browser needs them. jdk.crypto.ec and jdk.net are found at run time.
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.sql",
          "java.xml",
          "jdk.crypto.ec",
          "jdk.net",
          "jdk.unsupported"),
      List.of(4000, 4001)),
  OPERATOR(
      "operator",
      "operator",
      List.of(
          "java.base",
          "java.compiler",
          "java.desktop",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.prefs",
          "java.scripting",
          "java.security.jgss",
          "java.sql",
          "java.xml",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.jfr",
          "jdk.management",
          "jdk.net",
          "jdk.unsupported"),
      List.of(8080));

  /** The module that is packaged, and the last part of the image's name. */
  final String module;

  /** Of the options file and the AOT cache. */
  final String prefix;

  /** Modules of the JDK. */
  final List<String> modules;

  final List<Integer> ports;

  Program(String module, String prefix, List<String> modules, List<Integer> ports) {
    this.module = module;
    this.prefix = prefix;
    this.modules = modules;
    this.ports = ports;
  }

  /** What the pod's arguments follow. */
  List<String> entrypoint(boolean withCache) {
    List<String> command = new ArrayList<>();
    command.add("/" + Jre.DIRECTORY + "/bin/java");
    command.add("@/app/" + prefix + ".options");
    if (withCache) {
      command.add("-XX:AOTCache=/app/" + prefix + ".aot");
    }
    command.add("-jar");
    command.add("/app/" + module + ".jar");
    return command;
  }

  Path target(Path repository) {
    return repository.resolve(module).resolve("target");
  }
}
