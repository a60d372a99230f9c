package io.llmgateway.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which cores the proxy gets and which the load and the upstream.
 *
 * @param proxy core numbers
 * @param load core numbers; the same as the proxy's where there are fewer than four
 */
public record Cores(List<Integer> proxy, List<Integer> load) {

  /** The first two for the proxy and the next two for the load, where there are four. */
  static Cores split(List<Integer> allowed) {
    if (allowed.size() < 4) {
      List<Integer> shared = allowed.subList(0, Math.min(2, allowed.size()));
      return new Cores(shared, shared);
    }
    return new Cores(allowed.subList(0, 2), allowed.subList(2, 4));
  }

  /** Of the cores that this process may use. */
  public static Cores split() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return split(parse(line.substring(line.indexOf(':') + 1).trim()));
      }
    }
    throw new IOException("/proc/self/status does not name the allowed cores");
  }

  /** A list such as {@code 0-2,5}. */
  static List<Integer> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String range : list.split(",")) {
      String[] ends = range.split("-");
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
        cores.add(core);
      }
    }
    return cores;
  }

  /** Proxy and load take turns on the same cores: then their figures disturb each other. */
  public boolean shared() {
    return proxy.equals(load);
  }

  /** A command that runs on the proxy's cores only. */
  public List<String> onProxyCores(List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", list(proxy)));
    pinned.addAll(command);
    return pinned;
  }

  /** Moves this process, with all its threads, to the load's cores. */
  public void pinThisProcess() throws IOException, InterruptedException {
    Process taskset =
        new ProcessBuilder(
                "taskset",
                "-a",
                "-p",
                "-c",
                list(load),
                Long.toString(ProcessHandle.current().pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (taskset.waitFor() != 0) {
      throw new IOException("taskset could not pin this process to cores " + list(load));
    }
  }

  public static String list(List<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
