package io.llmgateway.cli;

import io.llmgateway.cli.up.Home;
import io.llmgateway.cli.up.Up;
import io.llmgateway.cli.up.UpSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code llmgw up}: everything, on this machine. */
@Command(
    name = "up",
    description = {
      "Start an API server, the operator and gateways on this machine, and print how to call them.",
      "Ctrl-C ends it; what was applied stays in the data directory."
    },
    versionProvider = Release.class,
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "DIR",
      description =
          "A file or a directory of YAML to apply at each start; may be given several times."
              + " Default: examples/quickstart, when there is no gateway yet.")
  private List<Path> files = List.of();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Where the first gateway answers, default ${DEFAULT-VALUE}.")
  private int port = 4000;

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Where the Kubernetes API answers, default ${DEFAULT-VALUE}.")
  private int apiPort = 6443;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the state is kept, default ${DEFAULT-VALUE}.")
  private Path dataDir = Path.of(".llmgw");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws UserError, InterruptedException {
    if (port == apiPort) {
      throw new ParameterException(
          spec.commandLine(), "--port and --api-port must differ, both are " + port);
    }
    var sources = SourceFiles.read(files);
    var settings =
        new UpSettings(
            sources, port, apiPort, dataDir.toAbsolutePath().normalize(), Release.image());
    Up.run(settings, Home.ofThisProgram(), System.out);
    return 0;
  }
}
