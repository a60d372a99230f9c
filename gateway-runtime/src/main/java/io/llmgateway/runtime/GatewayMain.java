package io.llmgateway.runtime;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * The program {@code gateway}. Its exit code is 0 after a complete drain, 1 when it cannot start, 2
 * for a wrong command line, 3 when the drain timeout cut requests.
 */
public final class GatewayMain {
  private static final int CANNOT_START = 1;
  private static final int USAGE = 2;
  private static final int CUT = 3;

  private GatewayMain() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(GatewayOptions.USAGE);
      return;
    }
    try {
      run(GatewayOptions.parse(args));
    } catch (UsageException e) {
      System.err.println("gateway: " + e.getMessage());
      System.exit(USAGE);
    } catch (UncheckedIOException e) {
      System.err.println("gateway: " + why(Objects.requireNonNull(e.getCause())));
      System.exit(CANNOT_START);
    }
  }

  /** What failed, and what the system said of it. */
  private static String why(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null
        ? String.valueOf(failure.getMessage())
        : failure.getMessage() + ": " + cause.getMessage();
  }

  private static void run(GatewayOptions options) throws InterruptedException {
    Gateway gateway = Gateway.start(options, Clock.systemUTC());
    AtomicBoolean draining = new AtomicBoolean();
    for (String name : new String[] {"TERM", "INT"}) {
      // A shutdown hook could not tell a second signal from the first.
      Signal.handle(
          new Signal(name),
          signal -> {
            if (draining.getAndSet(true)) {
              Runtime.getRuntime().halt(128 + signal.getNumber());
            }
            Thread.ofPlatform().name("drain").start(() -> end(gateway));
          });
    }
    gateway.serve();
    // The event loops are daemons; the drain ends the process.
    new CountDownLatch(1).await();
  }

  private static void end(Gateway gateway) {
    try {
      System.exit(gateway.drain() == 0 ? 0 : CUT);
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(CUT);
    }
  }
}
