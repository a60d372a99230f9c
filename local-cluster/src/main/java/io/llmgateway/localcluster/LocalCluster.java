package io.llmgateway.localcluster;

import io.llmgateway.localcluster.access.Rbac;
import io.llmgateway.localcluster.access.ServiceAccount;
import io.llmgateway.localcluster.access.Tokens;
import io.llmgateway.localcluster.api.BuiltinKinds;
import io.llmgateway.localcluster.api.CustomKinds;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.http.AccessCheck;
import io.llmgateway.localcluster.http.HttpFront;
import io.llmgateway.localcluster.http.LogRoute;
import io.llmgateway.localcluster.http.ResourceRoutes;
import io.llmgateway.localcluster.http.Router;
import io.llmgateway.localcluster.http.TlsIdentity;
import io.llmgateway.localcluster.node.LocalNode;
import io.llmgateway.localcluster.node.NodeApi;
import io.llmgateway.localcluster.node.NodeSettings;
import io.llmgateway.localcluster.store.Journal;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import io.llmgateway.localcluster.store.PrivateFiles;
import io.llmgateway.localcluster.write.Deletion;
import io.llmgateway.localcluster.write.Garbage;
import io.llmgateway.localcluster.write.Writer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server in this process, on 127.0.0.1 alone, over TLS and with a token. It stores
 * and serves objects; pods run only where a node was started, see {@link #startNode}.
 */
public final class LocalCluster implements AutoCloseable {
  private final ObjectStore store;
  private final NodeApi nodeApi;
  private final Garbage garbage;
  private final HttpFront front;
  private final TlsIdentity identity;
  private final Rbac rbac;
  private final Tokens tokens = new Tokens();
  private final ApiRequests requests = new ApiRequests();
  private volatile PodLogs podLogs = PodLogs.NONE;

  /**
   * How to start.
   *
   * @param port 0 for any that is free
   * @param dataDir where objects, token and certificate are kept; null: only in memory
   */
  public record Options(int port, @Nullable Path dataDir, Clock clock) {
    /** Any free port, nothing on disk. */
    public static Options inMemory() {
      return new Options(0, null, Clock.systemUTC());
    }
  }

  private LocalCluster(Options options, ObjectStore store) throws IOException {
    this.store = store;
    rbac = new Rbac(store);
    var clock = options.clock();
    var catalog = new ResourceCatalog();
    for (var crd : store.list(BuiltinKinds.CRDS, "").objects()) {
      catalog.replaceCustom(Json.name(crd), CustomKinds.typesOf(crd));
    }
    var writer = new Writer(store, catalog, clock);
    var deletion = new Deletion(store, clock);
    createNamespaces(catalog, writer);
    nodeApi = new NodeApi(store, catalog, writer, deletion);
    identity = TlsIdentity.load(options.dataDir(), clock);
    var resources =
        new ResourceRoutes(store, writer, deletion, new LogRoute(store, () -> podLogs), clock);
    var access = new AccessCheck(rbac, store, catalog);
    front =
        new HttpFront(
            options.port(), identity, tokens, new Router(catalog, resources, access, requests));
    garbage = new Garbage(store, catalog, writer, deletion, clock);
  }

  /**
   * Starts to serve.
   *
   * @throws IOException when the port is taken or the data directory cannot be used
   * @throws IllegalStateException when the data directory is in use or damaged
   */
  public static LocalCluster start(Options options) throws IOException {
    var dataDir = options.dataDir();
    if (dataDir != null) {
      PrivateFiles.createDirectories(dataDir);
    }
    var store = new ObjectStore(dataDir == null ? null : Journal.in(dataDir));
    try {
      return new LocalCluster(options, store);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void createNamespaces(ResourceCatalog catalog, Writer writer) {
    var type = catalog.require("v1", BuiltinKinds.NAMESPACES);
    for (var name : List.of("default", "kube-system")) {
      if (store.get(new ObjectKey(type.bucket(), "", name)) == null) {
        writer.createOwn(type, name);
      }
    }
  }

  /** Such as {@code https://127.0.0.1:6443}. */
  public String url() {
    return "https://127.0.0.1:" + front.port();
  }

  /** A kubeconfig, as YAML. It contains the token: whoever reads it may do everything here. */
  public String kubeconfig() {
    return kubeconfig(identity.token());
  }

  /** As {@link #kubeconfig()}, for one that may do what the roles bound to the account allow. */
  public String kubeconfig(ServiceAccount account) {
    return kubeconfig(tokens.issue(account));
  }

  private String kubeconfig(String token) {
    var certificate =
        Base64.getEncoder().encodeToString(identity.certificate().getBytes(StandardCharsets.UTF_8));
    return """
        apiVersion: v1
        kind: Config
        current-context: llmgw
        clusters:
        - name: llmgw
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: llmgw
          user:
            token: %s
        contexts:
        - name: llmgw
          context:
            cluster: llmgw
            user: llmgw
            namespace: default
        """
        .formatted(url(), certificate, token);
  }

  /** Writes the kubeconfig, readable by its owner alone. */
  public Path writeKubeconfig(Path file) throws IOException {
    PrivateFiles.write(file, kubeconfig().getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** Where {@code kubectl logs} finds the output of pods from now on. */
  public void servePodLogs(PodLogs logs) {
    podLogs = logs;
  }

  /**
   * Runs the gateways here from now on. Close it before the cluster.
   *
   * @throws IOException when the node's data directory cannot be used
   */
  public LocalNode startNode(NodeSettings settings) throws IOException {
    var node = LocalNode.start(nodeApi, settings);
    servePodLogs(node);
    return node;
  }

  /** What service accounts may do, and what they have done. */
  public Rbac rbac() {
    return rbac;
  }

  /** What clients have asked for so far. */
  public ApiRequests apiRequests() {
    return requests;
  }

  /** The version of the newest write: unchanged as long as nobody changes anything. */
  public long resourceVersion() {
    return store.version();
  }

  @Override
  public void close() {
    garbage.close();
    store.endSubscriptions();
    front.close();
    store.close();
  }
}
