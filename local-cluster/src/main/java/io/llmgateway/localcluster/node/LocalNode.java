package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.PodLogs;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.store.PrivateFiles;
import io.llmgateway.localcluster.store.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the gateways of a {@link io.llmgateway.localcluster.LocalCluster}. Processes that an earlier
 * one started and that still run are taken over. They outlive this process unless it closes the
 * node: only {@link #close} ends them.
 */
public final class LocalNode implements AutoCloseable, PodLogs {
  private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);

  /** Without any news: back-offs end, logs grow. */
  private static final long TICK_MILLIS = 250;

  private final NodeApi api;
  private final DeploymentController controller;
  private final Kubelet kubelet;
  private final Semaphore wake = new Semaphore(1);
  private final Thread loop;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean cutShort;
  private String lastTrouble = "";
  private volatile Subscription changes;

  /**
   * Where a gateway answers.
   *
   * @param url such as {@code http://127.0.0.1:4000}
   * @param ready at least one replica is
   */
  public record Endpoint(String namespace, String name, String url, boolean ready) {}

  private LocalNode(NodeApi api, NodeSettings settings) throws IOException {
    this.api = api;
    PrivateFiles.createDirectories(settings.dataDir());
    var events = new EventRecorder(api, settings.clock());
    var ports = new PortBook(settings.dataDir().resolve("ports.json"), settings.apiPort());
    controller = new DeploymentController(api, settings, ports, events);
    kubelet = new Kubelet(api, settings, events, wake::release);
    changes = listen();
    loop = Thread.ofPlatform().name("local-node").daemon().start(this::run);
  }

  /**
   * @throws IOException when the data directory cannot be used
   */
  public static LocalNode start(NodeApi api, NodeSettings settings) throws IOException {
    return new LocalNode(api, settings);
  }

  /** Whether some program has the port, other than processes that a node here would take over. */
  public static boolean isPortTaken(Path dataDir, int port) throws IOException {
    return !PortBook.isFree(port) && !Kubelet.runsOnPort(dataDir, port);
  }

  private Subscription listen() {
    var subscription = api.changes();
    Thread.ofVirtual()
        .name("local-node-changes")
        .start(
            () -> {
              try {
                while (!subscription.ended()) {
                  if (subscription.next(1, TimeUnit.SECONDS) != null) {
                    wake.release();
                  }
                }
              } catch (InterruptedException e) {
                // The node was closed.
              }
            });
    return subscription;
  }

  private void run() {
    try {
      while (!closed.get()) {
        var unused = wake.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS);
        wake.drainPermits();
        if (changes.ended()) {
          changes = listen();
        }
        attempt(controller::pass);
        attempt(kubelet::pass);
      }
    } catch (InterruptedException e) {
      // close() is the only one who interrupts
    }
  }

  /** The next pass tries again, many times a second: the same trouble is told once. */
  private void attempt(Runnable pass) {
    try {
      pass.run();
    } catch (RuntimeException e) {
      if (!e.toString().equals(lastTrouble)) {
        lastTrouble = e.toString();
        LOG.warn("the local node could not do all of its work, and tries again", e);
      }
    }
  }

  /** Where each gateway answers, by namespace and name. */
  public List<Endpoint> endpoints() {
    return api.list(NodeApi.PODS).stream()
        .filter(PodTemplate::isOurs)
        .filter(p -> !Json.isBeingDeleted(p))
        .collect(
            Collectors.groupingBy(
                p -> Json.namespace(p) + "/" + PodTemplate.ownerName(p),
                TreeMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(LocalNode::endpoint)
        .toList();
  }

  private static Endpoint endpoint(List<ObjectNode> replicas) {
    var pod = replicas.getFirst();
    boolean tls =
        PodTemplate.container(pod.path("spec"))
            .path("args")
            .valueStream()
            .anyMatch(a -> a.asText().equals("--tls"));
    return new Endpoint(
        Json.namespace(pod),
        PodTemplate.ownerName(pod),
        (tls ? "https" : "http")
            + "://127.0.0.1:"
            + PodTemplate.port(pod.path("spec"), PodTemplate.API_PORT),
        replicas.stream().anyMatch(PodStatus::isReady));
  }

  @Override
  public Optional<Path> file(String namespace, String pod, String container) {
    return Optional.ofNullable(api.find(NodeApi.PODS, namespace, pod))
        .map(p -> PodProcess.log(kubelet.directory(Json.uid(p))))
        .filter(Files::exists);
  }

  /** Makes a {@link #close} that waits kill what still runs. */
  public void cutShort() {
    cutShort = true;
  }

  /** Ends every gateway process and waits until its running requests have ended. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    loop.interrupt();
    try {
      loop.join();
      kubelet.endAll(() -> cutShort);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      changes.close();
    }
  }
}
