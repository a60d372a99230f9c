package io.llmgateway.localcluster.http;

import io.llmgateway.localcluster.PodLogs;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** {@code kubectl logs}: the end of a pod's file, and what is appended to it. */
public final class LogRoute {
  private static final int CHUNK = 64 * 1024;
  private static final List<String> NOT_SERVED =
      List.of("previous", "timestamps", "sinceSeconds", "sinceTime", "limitBytes");
  private static final long POLL_MILLIS = 200;

  private final ObjectStore store;
  private final Supplier<PodLogs> logs;

  public LogRoute(ObjectStore store, Supplier<PodLogs> logs) {
    this.store = store;
    this.logs = logs;
  }

  Reply answer(Request r, Target t) {
    if (store.get(t.key()) == null) {
      throw ApiError.notFound(t.type(), t.name());
    }
    for (var parameter : NOT_SERVED) {
      if (r.query().containsKey(parameter) && !r.parameter(parameter).equals("false")) {
        throw ApiError.badRequest(
            "local-cluster does not serve logs with "
                + parameter
                + "; it serves tailLines and follow");
      }
    }
    var file =
        logs.get()
            .file(t.namespace(), t.name(), r.parameter("container"))
            .orElseThrow(
                () ->
                    ApiError.badRequest(
                        "local-cluster has no log of the pod \""
                            + t.name()
                            + "\": it runs no"
                            + " process of it"));
    long lines = r.number("tailLines", Long.MAX_VALUE);
    boolean follow = r.flag("follow");
    return new Reply.Streamed("text/plain", out -> copy(file, lines, follow, t, out));
  }

  private void copy(Path file, long lines, boolean follow, Target t, OutputStream out)
      throws IOException, InterruptedException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(startOfLast(lines, in));
      var chunk = new byte[CHUNK];
      while (true) {
        int n = in.read(chunk);
        if (n > 0) {
          out.write(chunk, 0, n);
          continue;
        }
        out.flush();
        if (!follow || store.get(t.key()) == null) {
          return;
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  /** Where the last lines begin, found from the end of the file. */
  private static long startOfLast(long lines, RandomAccessFile in) throws IOException {
    if (lines == Long.MAX_VALUE) {
      return 0;
    }
    long found = 0;
    var chunk = new byte[CHUNK];
    for (long end = in.length(); end > 0; end -= CHUNK) {
      long start = Math.max(0, end - CHUNK);
      in.seek(start);
      in.readFully(chunk, 0, (int) (end - start));
      for (int i = (int) (end - start) - 1; i >= 0; i--) {
        // The line end at the very end of the file ends the last line; it begins none.
        if (chunk[i] == '\n' && start + i < in.length() - 1 && ++found == lines) {
          return start + i + 1;
        }
      }
    }
    return lines == 0 ? in.length() : 0;
  }
}
