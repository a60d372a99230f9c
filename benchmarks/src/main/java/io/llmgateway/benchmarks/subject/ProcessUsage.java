package io.llmgateway.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process and its children use, from Linux's {@code /proc} (proc(5)). */
public final class ProcessUsage {
  /** Clock ticks per second in {@code /proc/<pid>/stat}: always 100 for user space on Linux. */
  private static final long TICKS_PER_SECOND = 100;

  private final ProcessHandle process;

  public ProcessUsage(ProcessHandle process) {
    this.process = process;
  }

  /** User and system time so far, in milliseconds, in steps of 10. */
  public long cpuMillis() throws IOException {
    long millis = 0;
    for (ProcessHandle one : family()) {
      millis += cpuMillis(one);
    }
    return millis;
  }

  /** As {@link #cpuMillis()}, without its children. */
  public long ownCpuMillis() throws IOException {
    return cpuMillis(process);
  }

  private static long cpuMillis(ProcessHandle one) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(one.pid()), "stat"));
    return ticks(stat) * 1000 / TICKS_PER_SECOND;
  }

  /** Resident memory now, in MiB. */
  public double rssMiB() throws IOException {
    return statusMiB("VmRSS");
  }

  /** The highest resident memory ever, in MiB; of several processes the sum of their highest. */
  public double peakRssMiB() throws IOException {
    return statusMiB("VmHWM");
  }

  private double statusMiB(String field) throws IOException {
    long kib = 0;
    for (ProcessHandle one : family()) {
      kib += kib(Files.readAllLines(Path.of("/proc", Long.toString(one.pid()), "status")), field);
    }
    return kib / 1024.0;
  }

  private List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  /** utime and stime: the 14th and 15th fields; the 2nd may hold spaces, in parentheses. */
  static long ticks(String stat) {
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
  }

  static long kib(List<String> status, String field) throws IOException {
    for (String line : status) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no " + field + " in /proc/<pid>/status");
  }
}
