package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.Scenario.Page;
import io.llmgateway.benchmarks.report.MarkdownReport;
import io.llmgateway.benchmarks.report.Samples;
import io.llmgateway.benchmarks.report.TranslationReport;
import io.llmgateway.benchmarks.scale.ScaleFigures;
import io.llmgateway.benchmarks.scale.ScalePlan;
import io.llmgateway.benchmarks.scale.ScaleRun;
import io.llmgateway.benchmarks.subject.Cores;
import io.llmgateway.benchmarks.translation.TranslationRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
    description = "Measures the gateway runtime and the operator, and prints tables.")
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
      if (wants(Page.PROXY)) {
        publish(proxy(plan, directory, cores), plan, cores);
      }
      if (wants(Page.TRANSLATION)) {
        publishTranslation(translation(plan, directory, cores), plan, cores);
      }
      if (wants(Page.SCALE)) {
        publishScale(directory, cores);
      }
      return 0;
    } finally {
      delete(directory);
    }
  }

  private boolean wants(Page page) {
    return only.stream().anyMatch(scenario -> scenario.page() == page);
  }

  private Samples proxy(Plan plan, Path directory, Cores cores)
      throws IOException, InterruptedException {
    return new Run(
            plan,
            only,
            home.resolve("gateway-runtime/target"),
            directory,
            cores,
            System.err::println)
        .all();
  }

  private void publishScale(Path directory, Cores cores) throws IOException, InterruptedException {
    ScalePlan plan = quick ? ScalePlan.quick() : ScalePlan.full();
    ScaleFigures figures =
        new ScaleRun(
                plan,
                home.resolve("operator/target"),
                Files.createDirectories(directory.resolve("scale")),
                cores,
                System.err::println)
            .all();
    System.out.println(figures.page(Machine.scaleConditions(plan, cores)));
    if (complete(Page.SCALE)) {
      write("-scale", figures.page(Machine.scaleConditions(plan, cores)), cores);
    }
  }

  private Samples translation(Plan plan, Path directory, Cores cores)
      throws IOException, InterruptedException {
    TranslationRun run =
        new TranslationRun(
            plan.translation(),
            home.resolve("gateway-runtime/target"),
            Files.createDirectories(directory.resolve("translation")),
            cores,
            System.err::println);
    return run.all(only.contains(Scenario.translation), only.contains(Scenario.relay));
  }

  private void publish(Samples samples, Plan plan, Cores cores) throws IOException {
    System.out.println(MarkdownReport.table(samples));
    if (complete(Page.PROXY)) {
      write("", MarkdownReport.of(samples, Machine.conditions(plan, cores)), cores);
    }
  }

  private void publishTranslation(Samples samples, Plan plan, Cores cores) throws IOException {
    List<String> subjects = TranslationRun.subjects();
    System.out.println(TranslationReport.table(samples, subjects));
    if (complete(Page.TRANSLATION)) {
      Map<String, String> conditions = Machine.translationConditions(plan, cores);
      write("-translation", TranslationReport.of(samples, subjects, conditions), cores);
    }
  }

  /** Whether everything was measured that a page shows. */
  private boolean complete(Page page) {
    return !quick
        && Stream.of(Scenario.values())
            .filter(scenario -> scenario.page() == page)
            .allMatch(only::contains);
  }

  private void write(String suffix, String page, Cores cores) throws IOException {
    Path results = Files.createDirectories(home.resolve("benchmarks/results"));
    Path file =
        results.resolve(
            "%s-%dcores%s.md".formatted(LocalDate.now(clock), cores.proxy().size(), suffix));
    Files.writeString(file, page);
    System.out.println("Written to " + file);
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
