package io.llmgateway.runtime.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One program's start with {@code -XX:AOTCacheOutput}: it is loaded, then ended by SIGTERM, and
 * writes its cache while it ends.
 *
 * @param java the JVM that will run the program; the cache is valid with no other
 * @param options the program's JVM flags as an argument file; the cache is valid with no others
 * @param cache the file to make; replaced only when the new one is complete
 */
public record TrainingRun(Path java, Path jar, Path options, List<String> arguments, Path cache) {
  private static final int LONGEST_END_SECONDS = 120;

  /** What is done to the program while it learns. */
  @FunctionalInterface
  public interface Exercise {
    /** Waits until the program answers, then does what users do. */
    void on(Process program) throws IOException, InterruptedException;
  }

  /**
   * @throws IOException when the program did not get so far as to write its cache; what it printed
   *     stands in {@code <cache>.log}
   */
  public void run(Exercise exercise) throws IOException, InterruptedException {
    Path unfinished = sibling(".new");
    Process program =
        new ProcessBuilder(command(unfinished))
            .redirectErrorStream(true)
            .redirectOutput(sibling(".log").toFile())
            .start();
    try {
      exercise.on(program);
      program.destroy();
      if (!program.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the program did not end within " + LONGEST_END_SECONDS + " s");
      }
      if (!Files.exists(unfinished)) {
        throw new IOException("the JVM wrote no cache, see " + sibling(".log"));
      }
      Files.move(unfinished, cache, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      program.descendants().forEach(ProcessHandle::destroyForcibly);
      program.destroyForcibly().waitFor();
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(sibling(".new.config"));
    }
  }

  private List<String> command(Path output) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("@" + options);
    command.add("-XX:AOTCacheOutput=" + output);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }

  private Path sibling(String suffix) {
    return cache.resolveSibling(cache.getFileName() + suffix);
  }
}
