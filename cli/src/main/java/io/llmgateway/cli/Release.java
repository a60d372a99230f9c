package io.llmgateway.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Which release this is. */
final class Release implements IVersionProvider {
  /** Where the proxy's images are published. */
  private static final String REPOSITORY = "ghcr.io/llmgateway/gateway-runtime";

  static String number() {
    return Objects.requireNonNullElse(Release.class.getPackage().getImplementationVersion(), "dev");
  }

  /** The image of a gateway that names none. */
  static String image() {
    return REPOSITORY + ":" + number();
  }

  @Override
  public String[] getVersion() {
    return new String[] {"llmgw " + number() + " (Java " + Runtime.version().feature() + ")"};
  }
}
