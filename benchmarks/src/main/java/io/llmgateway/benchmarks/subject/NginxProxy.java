package io.llmgateway.benchmarks.subject;

import io.llmgateway.benchmarks.load.Call;
import io.llmgateway.benchmarks.load.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx as a plain reverse proxy with kept connections: no authentication, no look at bodies. */
public final class NginxProxy implements Proxy {
  private final Path directory;
  private final Cores cores;
  private final int upstreamPort;

  /**
   * @param directory for its configuration and logs
   */
  public NginxProxy(Path directory, Cores cores, int upstreamPort) {
    this.directory = directory;
    this.cores = cores;
    this.upstreamPort = upstreamPort;
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public RunningProxy start() throws IOException, InterruptedException {
    int port = Launch.freePort();
    Path config = directory.resolve("nginx.conf");
    Path errors = directory.resolve("nginx-error.log");
    Files.writeString(config, config(port));
    return Launch.start(
        name(),
        cores.onProxyCores(
            List.of(
                "nginx",
                "-c",
                config.toString(),
                "-p",
                directory.toString(),
                "-e",
                errors.toString())),
        errors,
        errors,
        call(port, false),
        call(port, true));
  }

  private static Call call(int port, boolean stream) {
    return Call.post(port, "/v1/chat/completions", Map.of(), Payload.request("bench", stream));
  }

  private String config(int port) {
    return """
    daemon off;
    pid nginx.pid;
    worker_processes %d;
    worker_rlimit_nofile 65536;
    events { worker_connections 16384; }
    http {
      access_log %s combined buffer=64k flush=1s;
      client_body_temp_path client;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      tcp_nodelay on;
      keepalive_requests 100000000;
      upstream model {
        server 127.0.0.1:%d;
        keepalive 4096;
        keepalive_requests 100000000;
      }
      server {
        listen 127.0.0.1:%d backlog=4096;
        location / {
          proxy_pass http://model;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_buffering off;
          client_body_buffer_size 64k;
        }
      }
    }
    """
        .formatted(cores.proxy().size(), directory.resolve("nginx-access.log"), upstreamPort, port);
  }
}
