package io.llmgateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program {@code llmgw}. Its exit code is 0 when all went well, 1 when what was asked for could
 * not be done, 2 for a wrong command line.
 */
@Command(
    name = "llmgw",
    description = "LLM gateways on Kubernetes: try them, check them, run their parts.",
    versionProvider = Release.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      UpCommand.class,
      RenderCommand.class,
      OperatorCommand.class,
      GatewayCommand.class
    })
public final class Llmgw implements Runnable {
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** System property: what is logged to the terminal, WARN when it is not set. */
  static final String LOG_LEVEL = "llmgw.log.level";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  public static void main(String[] args) {
    System.setProperty("logback.configurationFile", "logback-console.xml");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Llmgw())
        .setParameterExceptionHandler(Llmgw::wrongUse)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof UserError) {
                say(command, String.valueOf(e.getMessage()));
                return FAILED;
              }
              throw e;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: one of up, render, operator, gateway");
  }

  private static int wrongUse(ParameterException e, String[] args) {
    var command = e.getCommandLine();
    say(command, String.valueOf(e.getMessage()));
    command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
  }
}
