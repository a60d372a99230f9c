package io.llmgateway.cli;

import io.llmgateway.operator.render.RenderResult;
import io.llmgateway.operator.render.Renderer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code llmgw render}: objects on standard output, problems on standard error. */
@Command(
    name = "render",
    description = {
      "Print what the operator would create of a directory of YAML, without a cluster.",
      "Problems go to standard error, as YAML; with one, the exit code is 1."
    },
    versionProvider = Release.class,
    mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "DIR",
      required = true,
      description = "A file or a directory of YAML; may be given several times.")
  private List<Path> files = List.of();

  @Option(
      names = "--image",
      description = "The proxy's image of gateways that name none, default: this release's.")
  private String image = Release.image();

  @Option(
      names = "--allow-missing-secrets",
      description =
          "Problems that are only Secrets which are not among the files do not count: in a GitOps"
              + " repository they seldom are.")
  private boolean allowMissingSecrets;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws UserError {
    RenderResult result = new Renderer(new CrdValidator(), image).render(SourceFiles.read(files));
    var out = spec.commandLine().getOut();
    out.print(result.objectsYaml());
    out.flush();
    if (result.problems().isEmpty()) {
      return 0;
    }
    var err = spec.commandLine().getErr();
    err.print(result.problemsYaml());
    err.flush();
    return result.problems().stream().allMatch(p -> allowMissingSecrets && p.isMissingSecret())
        ? 0
        : Llmgw.FAILED;
  }
}
