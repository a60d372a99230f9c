package io.llmgateway.cli.up;

import java.nio.file.Path;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends the logs of all parts to a file, so that the terminal has only what a person needs. */
final class LogFile {
  private LogFile() {}

  /** To be called before the first logger is asked for. */
  static void use(Path file) {
    System.setProperty("llmgw.log", file.toString());
    System.setProperty("logback.configurationFile", "logback-up.xml");
    // Spring Boot would configure logging anew.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    // Tomcat logs by the JDK's own means.
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
  }
}
