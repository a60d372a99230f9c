package io.llmgateway.cli;

import io.llmgateway.runtime.GatewayMain;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code llmgw gateway}: the runtime alone. The script {@code llmgw} starts it without this class,
 * with JVM flags of its own; this is for those who start the jar.
 */
@Command(
    name = "gateway",
    description = "Run one gateway process on a config directory; see gateway --help.")
final class GatewayCommand implements Runnable {
  @Unmatched private List<String> arguments = List.of();

  @Override
  public void run() {
    try {
      GatewayMain.main(arguments.toArray(String[]::new));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
