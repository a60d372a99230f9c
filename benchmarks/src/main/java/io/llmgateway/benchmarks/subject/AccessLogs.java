package io.llmgateway.benchmarks.subject;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A saturated proxy writes gigabytes of access log in a run. */
public final class AccessLogs {
  private AccessLogs() {}

  /** Of all proxies that have this directory. */
  public static void empty(Path directory) throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*access.log")) {
      for (Path log : logs) {
        FileChannel.open(log, StandardOpenOption.WRITE).truncate(0).close();
      }
    }
  }
}
