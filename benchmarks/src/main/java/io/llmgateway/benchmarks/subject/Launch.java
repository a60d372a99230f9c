package io.llmgateway.benchmarks.subject;

import io.llmgateway.benchmarks.load.Call;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Spawns proxies, times their first answer, and ends those that are left when this JVM ends. */
final class Launch {
  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> ALIVE.forEach(RunningProxy::stop), "end-proxies"));
  }

  private Launch() {}

  /**
   * @param output where its standard output goes, appended
   * @param errors where its standard error goes, appended
   */
  static RunningProxy start(
      String name, List<String> command, Path output, Path errors, Call plain, Call streamed)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process = spawn(command, output, errors);
    while (!answers(plain)) {
      if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START.toNanos()) {
        RunningProxy.stop(process);
        throw new IOException(name + " gave no answer: " + Files.readString(errors).strip());
      }
      Thread.sleep(1);
    }
    return new RunningProxy(name, process, plain, streamed, (System.nanoTime() - begin) / 1e6);
  }

  /** One that is ended with this JVM. */
  static Process spawn(List<String> command, Path output, Path errors) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    ALIVE.add(process);
    process.onExit().thenRun(() -> ALIVE.remove(process));
    return process;
  }

  private static boolean answers(Call call) {
    try (Socket socket = new Socket()) {
      socket.connect(call.address(), 1000);
      socket.setSoTimeout((int) LONGEST_START.toMillis());
      socket.getOutputStream().write(call.request());
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(status, StandardCharsets.ISO_8859_1).equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  /** A port of loopback that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
