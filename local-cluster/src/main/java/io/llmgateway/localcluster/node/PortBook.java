package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.store.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which port belongs to which gateway, across restarts. The first gateway has the port that the
 * user named; a gateway keeps its port until it is deleted.
 */
final class PortBook {
  private static final int STEP = 100;

  private final Path file;
  private final int first;
  private final ObjectNode ports;

  PortBook(Path file, int first) throws IOException {
    this.file = file;
    this.first = first;
    var read = Files.exists(file) ? Json.MAPPER.readTree(Files.readAllBytes(file)) : Json.object();
    ports =
        read.path("first").asInt() == first && read.get("ports") instanceof ObjectNode known
            ? known
            : Json.object();
  }

  /**
   * @param gateway namespace/name
   */
  int apiPort(String gateway) {
    if (!ports.has(gateway)) {
      var taken = new TreeSet<Integer>();
      ports.forEach(p -> taken.add(p.asInt()));
      int port = first;
      while (taken.contains(port)) {
        port += STEP;
      }
      ports.put(gateway, port);
      save();
    }
    return ports.get(gateway).asInt();
  }

  /** Forgets all gateways but these. */
  void retain(Set<String> gateways) {
    if (ports.propertyStream().anyMatch(p -> !gateways.contains(p.getKey()))) {
      ports.retain(gateways);
      save();
    }
  }

  private void save() {
    var content = Json.object().put("first", first);
    content.set("ports", ports);
    try {
      PrivateFiles.write(file, Json.bytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * The first port above this one that is nobody's.
   *
   * @param reserved ports that are promised, listened on or not
   */
  static int freeAbove(int port, Set<Integer> reserved) {
    int candidate = port + 1;
    while (reserved.contains(candidate) || !isFree(candidate)) {
      candidate++;
    }
    return candidate;
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
