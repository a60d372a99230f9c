package io.llmgateway.runtime.tls;

import io.llmgateway.runtime.reload.DirectoryWatcher;
import io.llmgateway.runtime.reload.FileStamp;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code tls/tls.crt} and {@code tls/tls.key} of the config directory, as a {@code
 * kubernetes.io/tls} Secret has them. New connections get what is there now; a pair that cannot
 * serve leaves the last good one in force.
 */
public final class ServingCertificate implements DirectoryWatcher.Listener, Supplier<SslContext> {
  private static final Logger LOG = LoggerFactory.getLogger(ServingCertificate.class);

  private record InForce(SslContext context, Instant notAfter) {}

  private final Path certificate;
  private final Path key;
  private final FileStamp certificateStamp;
  private final FileStamp keyStamp;
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile @Nullable InForce inForce;
  private volatile @Nullable String lastError = "tls/tls.crt and tls/tls.key were not read yet";
  private byte @Nullable [] loaded;

  public ServingCertificate(Path configDirectory) {
    certificate = configDirectory.resolve("tls/tls.crt");
    key = configDirectory.resolve("tls/tls.key");
    certificateStamp = new FileStamp(certificate);
    keyStamp = new FileStamp(key);
  }

  /** Waits for as long as it takes until there is a pair that can serve. */
  public void awaitFirst() throws InterruptedException {
    first.await();
  }

  /**
   * @throws IllegalStateException before there was a pair that can serve, see {@link #awaitFirst}
   */
  @Override
  public SslContext get() {
    InForce current = inForce;
    if (current == null) {
      throw new IllegalStateException("no TLS certificate has been loaded yet");
    }
    return current.context();
  }

  /** When the certificate in force ends; null before the first. */
  public @Nullable Instant notAfter() {
    InForce current = inForce;
    return current == null ? null : current.notAfter();
  }

  /** Why the files as they stand are not in force; null when they are. */
  public @Nullable String lastError() {
    return lastError;
  }

  @Override
  public void changed() {
    certificateStamp.changed();
    keyStamp.changed();
    load();
  }

  @Override
  public void tick() {
    boolean changed = certificateStamp.changed();
    if (keyStamp.changed() || changed) {
      load();
    }
  }

  private void load() {
    try {
      byte[] chain = Files.readAllBytes(certificate);
      byte[] privateKey = Files.readAllBytes(key);
      byte[] both = Arrays.copyOf(chain, chain.length + privateKey.length);
      System.arraycopy(privateKey, 0, both, chain.length, privateKey.length);
      if (!Arrays.equals(both, loaded)) {
        CertificatePair pair = CertificatePair.parse(chain, privateKey);
        inForce = new InForce(pair.serverContext(), pair.notAfter());
        loaded = both;
        first.countDown();
        LOG.info("TLS certificate in force until {}", pair.notAfter());
      }
      lastError = null;
    } catch (IOException e) {
      failed("cannot be read (" + e.getClass().getSimpleName() + ")");
    } catch (GeneralSecurityException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  private void failed(String problem) {
    if (!problem.equals(lastError)) {
      lastError = problem;
      LOG.warn(
          "TLS certificate not loaded, {} in force: {}",
          inForce == null ? "none is" : "the last good one stays",
          problem);
    }
  }
}
