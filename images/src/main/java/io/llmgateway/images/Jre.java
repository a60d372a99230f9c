package io.llmgateway.images;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** A Java runtime of the modules that a program needs, linked from the JDK that runs this. */
final class Jre {
  /** In the image. */
  static final String DIRECTORY = "opt/java";

  private Jre() {}

  static void link(Program program, Path into) throws IOException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this Java has no jlink: use a JDK"));
    StringWriter said = new StringWriter();
    int result =
        jlink.run(
            new PrintWriter(said),
            new PrintWriter(said),
            "--add-modules",
            String.join(",", program.modules),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            // The species of method handles that it would make differ from one run to the next.
            "--disable-plugin",
            "generate-jli-classes",
            "--output",
            into.toString());
    if (result != 0) {
      throw new IOException("jlink: " + said);
    }
  }
}
