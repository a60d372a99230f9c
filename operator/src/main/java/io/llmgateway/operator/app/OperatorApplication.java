package io.llmgateway.operator.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The operator as a part of any process. */
public final class OperatorApplication {
  /** Then Spring Boot leaves the logging of the process as it is. */
  private static final String LOGGING = "org.springframework.boot.logging.LoggingSystem";

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private OperatorApplication() {}

  /**
   * Starts the operator and returns once it watches the cluster and its health can be asked for. It
   * logs as the process does, over SLF4J.
   *
   * @throws IllegalStateException if it cannot start; the message says why
   */
  public static RunningOperator start(OperatorSettings settings) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "none");
      TOMCAT.setLevel(Level.WARNING);
    }
    return run(settings, Map.of());
  }

  /**
   * As {@link #start}, in a process that does nothing else: it logs to standard output, a line of
   * JSON for each event, in the Elastic Common Schema.
   *
   * @throws IllegalStateException if it cannot start; the message says why
   */
  public static RunningOperator startAsProcess(OperatorSettings settings) {
    return run(settings, Map.of("logging.structured.format.console", "ecs"));
  }

  private static RunningOperator run(OperatorSettings settings, Map<String, Object> more) {
    SpringApplication application = new SpringApplication(OperatorConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setAddCommandLineProperties(false);
    Map<String, Object> properties = properties(settings);
    properties.putAll(more);
    application.setDefaultProperties(properties);
    application.addInitializers(
        context ->
            ((GenericApplicationContext) context)
                .registerBean(OperatorSettings.class, () -> settings));
    try {
      return new Running(application.run());
    } catch (RuntimeException e) {
      throw new IllegalStateException("the operator did not start: " + reason(e), e);
    }
  }

  private static Map<String, Object> properties(OperatorSettings settings) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.port", settings.httpPort());
    properties.put("spring.jmx.enabled", false);
    properties.put("server.tomcat.threads.max", 8);
    properties.put("server.tomcat.threads.min-spare", 1);
    properties.put("management.endpoints.web.exposure.include", "health,prometheus");
    properties.put("management.endpoint.health.probes.enabled", true);
    properties.put("management.endpoint.health.group.readiness.include", "readinessState,watches");
    return properties;
  }

  /** What this module has said of it, and what it said it of. */
  private static String reason(Throwable failure) {
    String said = null;
    Throwable last = failure;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof IllegalStateException) {
        said = e.getMessage();
      }
      last = e;
    }
    return said == null || last instanceof IllegalStateException
        ? String.valueOf(last.getMessage())
        : said + ": " + last.getMessage();
  }

  private record Running(ConfigurableApplicationContext context) implements RunningOperator {
    @Override
    public int httpPort() {
      return context instanceof ServletWebServerApplicationContext web && web.getWebServer() != null
          ? web.getWebServer().getPort()
          : -1;
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
