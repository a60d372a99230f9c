package io.llmgateway.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process on an image's files alone, by what the kernel has for container runtimes; like these,
 * it adds {@code /proc}, {@code /dev}, and how names are resolved here.
 */
final class Container implements AutoCloseable {
  private static final String SCRIPT =
      """
      set -e
      root=$1; config=$2; shift 2
      for file in hosts resolv.conf hostname; do cp "/etc/$file" "$root/etc/$file"; done
      mount --bind "$root" "$root"
      mount -o remount,bind,ro "$root"
      mount -t tmpfs tmpfs "$root/tmp" -o mode=1777
      mount -t proc proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount --bind "$config" "$root/etc/llmgateway"
      exec setpriv --no-new-privs chroot --userspec=65532:65532 --groups= "$root" "$@"
      """;

  private final Process process;
  private final Path log;

  private Container(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static boolean isPossible() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-m", "setpriv", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param root the image's files
   * @param config mounted at {@code /etc/llmgateway}
   */
  static Container start(Path root, Path config, List<String> command, Path log)
      throws IOException {
    for (String mounted : List.of("tmp", "proc", "dev", "etc/llmgateway")) {
      Files.createDirectories(root.resolve(mounted));
    }
    List<String> all = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", SCRIPT, "sh"));
    all.addAll(List.of(root.toString(), config.toString()));
    all.addAll(command);
    return new Container(
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** As the kernel says it: user, capabilities, memory. */
  String status() throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/status"));
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
    process.destroyForcibly();
  }
}
