package io.llmgateway.benchmarks.subject;

import io.llmgateway.benchmarks.load.Call;
import java.util.concurrent.TimeUnit;

/**
 * A proxy that answers.
 *
 * @param plain a call that gets a fixed reply
 * @param streamed a call that gets a stream
 * @param startMillis from spawning the process to its first answer
 */
public record RunningProxy(
    String name, Process process, Call plain, Call streamed, double startMillis)
    implements AutoCloseable {

  public ProcessUsage usage() {
    return new ProcessUsage(process.toHandle());
  }

  /** SIGTERM, and SIGKILL where that does not help. */
  @Override
  public void close() {
    stop(process);
  }

  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
