package io.llmgateway.localcluster.node;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * How gateways run on this machine.
 *
 * @param dataDir for what must outlive this process: the pods' files, and which processes run
 * @param runtimeJar the gateway runtime, with its libraries beside it
 * @param jvmOptions the JVM's argument file for it; {@code gateway.aot} beside it is used when it
 *     is there
 * @param apiPort where the first gateway listens, 1 to 64000; further gateways get ports of 100
 *     more each, and the management ports follow their gateway's
 * @param sharedPort whether processes can share a port (Linux); if not, every gateway has one
 *     replica
 * @param longestGrace upper limit on the time in which a process may end by itself
 */
public record NodeSettings(
    Path dataDir,
    Path runtimeJar,
    Path jvmOptions,
    int apiPort,
    boolean sharedPort,
    Duration longestGrace,
    Clock clock) {

  /** Checks the port. */
  public NodeSettings {
    if (apiPort < 1 || apiPort > 64000) {
      throw new IllegalArgumentException("apiPort must be from 1 to 64000, not " + apiPort);
    }
  }

  /** Whether processes of this system can share a port. */
  public static boolean canSharePorts() {
    return System.getProperty("os.name").equals("Linux");
  }
}
