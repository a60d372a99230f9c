package io.llmgateway.cli.up;

import io.llmgateway.cli.UserError;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The repository that this program was built in.
 *
 * @param directory its root
 */
public record Home(Path directory) {
  /** Where {@code <home>/cli/target/cli.jar} or {@code <home>/cli/target/classes} was loaded. */
  public static Home ofThisProgram() throws UserError {
    try {
      var code = Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      var target = code.getParent();
      if (target != null && target.getParent() != null && target.getParent().getParent() != null) {
        return new Home(target.getParent().getParent());
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new UserError("start it by the script llmgw at the root of its repository");
  }

  Path runtimeJar() throws UserError {
    return built("gateway-runtime.jar");
  }

  Path jvmOptions() throws UserError {
    return built("gateway.options");
  }

  Path quickstart() {
    return directory.resolve("examples").resolve("quickstart");
  }

  private Path built(String name) throws UserError {
    var file = directory.resolve("gateway-runtime").resolve("target").resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new UserError(file + " is missing: start it by the script llmgw, which builds it");
    }
    return file;
  }
}
