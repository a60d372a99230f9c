package io.llmgateway.operator;

import io.llmgateway.operator.app.OperatorApplication;
import io.llmgateway.operator.app.OperatorOptions;
import io.llmgateway.operator.app.OperatorSettings;
import io.llmgateway.operator.app.RunningOperator;
import java.util.List;
import java.util.Objects;

/** The operator as a process of its own: {@code java -jar operator.jar --http-port=8080}. */
public final class OperatorMain {
  private static final int USAGE = 2;

  private OperatorMain() {}

  /** Runs until the process is told to end. */
  public static void main(String[] args) {
    String version =
        Objects.requireNonNullElse(
            OperatorMain.class.getPackage().getImplementationVersion(), "dev");
    OperatorSettings settings;
    try {
      settings = OperatorOptions.parse(List.of(args), System.getenv(), version);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
      return;
    }
    try {
      RunningOperator operator = OperatorApplication.startAsProcess(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "stop"));
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
