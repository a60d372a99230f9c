package io.llmgateway.benchmarks.subject;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the threads of a JVM have allocated on its heap, as its own thread dump tells. */
public final class HeapAllocation {
  private static final Pattern ALLOCATED = Pattern.compile(" allocated=(\\d+)([BKMGT])? ");
  private static final String UNITS = "BKMGT";

  private HeapAllocation() {}

  /** In bytes, of all threads that live now. */
  public static double bytes(Process jvm) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(jvm.pid()),
                "Thread.print",
                "-e")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String dump = new String(jcmd.getInputStream().readAllBytes(), US_ASCII);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd could not print the threads of the JVM");
    }
    return sum(dump);
  }

  static double sum(String dump) {
    double sum = 0;
    Matcher thread = ALLOCATED.matcher(dump);
    while (thread.find()) {
      int power = thread.group(2) == null ? 0 : UNITS.indexOf(thread.group(2));
      sum += Long.parseLong(thread.group(1)) * Math.pow(1024, power);
    }
    return sum;
  }
}
