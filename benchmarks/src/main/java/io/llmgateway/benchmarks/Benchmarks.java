package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.report.MarkdownReport;
import io.llmgateway.benchmarks.report.Samples;
import io.llmgateway.benchmarks.subject.Cores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code benchmarks/run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Measures the gateway runtime beside nginx, interleaved, and prints a table.")
public final class Benchmarks implements Callable<Integer> {
  private final Clock clock;

  @Option(names = "--quick", description = "Fewer and shorter rounds; nothing is written.")
  private boolean quick;

  @Option(names = "--only", split = ",", description = "Only these, of: ${COMPLETION-CANDIDATES}.")
  private Set<Scenario> only = EnumSet.allOf(Scenario.class);

  @Option(names = "--home", hidden = true, required = true, description = "The repository.")
  private Path home = Path.of("");

  private Benchmarks(Clock clock) {
    this.clock = clock;
  }

  static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Benchmarks(Clock.systemDefaultZone()));
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> missing = Machine.missing();
    if (!missing.isEmpty()) {
      missing.forEach(System.err::println);
      return 1;
    }
    Plan plan = quick ? Plan.quick() : Plan.full();
    Cores cores = Cores.split();
    cores.pinThisProcess();
    Path directory = home.resolve("benchmarks/target/run");
    delete(directory);
    Files.createDirectories(directory);
    try {
      Run run =
          new Run(
              plan,
              only,
              home.resolve("gateway-runtime/target"),
              directory,
              cores,
              System.err::println);
      publish(run.all(), plan, cores);
      return 0;
    } finally {
      delete(directory);
    }
  }

  private void publish(Samples samples, Plan plan, Cores cores) throws IOException {
    System.out.println(MarkdownReport.table(samples));
    if (quick || only.size() < Scenario.values().length) {
      return;
    }
    Path results = Files.createDirectories(home.resolve("benchmarks/results"));
    Path page =
        results.resolve("%s-%dcores.md".formatted(LocalDate.now(clock), cores.proxy().size()));
    Files.writeString(page, MarkdownReport.of(samples, Machine.conditions(plan, cores)));
    System.out.println("Written to " + page);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
