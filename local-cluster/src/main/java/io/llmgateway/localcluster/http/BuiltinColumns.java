package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.PrinterColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of built-in kinds, as a real server's printers have them. */
final class BuiltinColumns {
  private static final String AGE = "Age=.metadata.creationTimestamp:date";

  /** Title, then a JSONPath or the name of a computed cell; {@code +} before those of -o wide. */
  private static final Map<String, List<String>> COLUMNS =
      Map.ofEntries(
          Map.entry(
              "pods",
              List.of(
                  "Ready=ready",
                  "Status=podStatus",
                  "Restarts=restarts",
                  AGE,
                  "+IP=.status.podIP",
                  "+Node=.spec.nodeName")),
          Map.entry(
              "services",
              List.of(
                  "Type=.spec.type",
                  "Cluster-IP=clusterIp",
                  "External-IP=externalIp",
                  "Port(s)=ports",
                  AGE,
                  "+Selector=selector")),
          Map.entry(
              "deployments.apps",
              List.of(
                  "Ready=readyReplicas",
                  "Up-to-date=updated",
                  "Available=available",
                  AGE,
                  "+Containers=containers",
                  "+Images=images",
                  "+Selector=selector")),
          Map.entry(
              "replicasets.apps",
              List.of("Desired=desired", "Current=current", "Ready=readyCount", AGE)),
          Map.entry("secrets", List.of("Type=.type", "Data=data", AGE)),
          Map.entry("configmaps", List.of("Data=data", AGE)),
          Map.entry("namespaces", List.of("Status=.status.phase", AGE)),
          Map.entry("serviceaccounts", List.of("Secrets=secrets", AGE)),
          Map.entry(
              "nodes",
              List.of("Status=nodeStatus", AGE, "+Version=.status.nodeInfo.kubeletVersion")),
          Map.entry(
              "events",
              List.of(
                  "Last Seen=lastSeen",
                  "Type=.type",
                  "Reason=.reason",
                  "Object=involved",
                  "+Source=.source.component",
                  "Message=.message",
                  "+Count=.count")),
          Map.entry("leases.coordination.k8s.io", List.of("Holder=.spec.holderIdentity", AGE)),
          Map.entry(
              "poddisruptionbudgets.policy",
              List.of(
                  "Min Available=minAvailable",
                  "Max Unavailable=maxUnavailable",
                  "Allowed Disruptions=disruptions",
                  AGE)),
          Map.entry(
              "horizontalpodautoscalers.autoscaling",
              List.of(
                  "Reference=reference",
                  "MinPods=.spec.minReplicas:integer",
                  "MaxPods=.spec.maxReplicas:integer",
                  "Replicas=.status.currentReplicas:integer",
                  AGE)),
          Map.entry(
              "customresourcedefinitions.apiextensions.k8s.io",
              List.of("Created At=.metadata.creationTimestamp")));

  private BuiltinColumns() {}

  static List<PrinterColumn> of(String bucket) {
    return COLUMNS.getOrDefault(bucket, List.of(AGE)).stream().map(BuiltinColumns::parse).toList();
  }

  private static PrinterColumn parse(String text) {
    boolean wide = text.startsWith("+");
    var title = text.substring(wide ? 1 : 0, text.indexOf('='));
    var path = text.substring(text.indexOf('=') + 1);
    int colon = path.indexOf(':');
    return new PrinterColumn(
        title,
        colon < 0 ? "string" : path.substring(colon + 1),
        "",
        "",
        wide ? 1 : 0,
        colon < 0 ? path : path.substring(0, colon));
  }

  static String cell(String cell, JsonNode o, Instant now) {
    var spec = o.path("spec");
    var status = o.path("status");
    var containers = status.path("containerStatuses");
    return switch (cell) {
      case "ready" ->
          containers.valueStream().filter(c -> c.path("ready").asBoolean()).count()
              + "/"
              + Math.max(spec.path("containers").size(), containers.size());
      case "podStatus" -> podStatus(o);
      case "restarts" ->
          "" + containers.valueStream().mapToInt(c -> c.path("restartCount").asInt()).sum();
      case "clusterIp" -> spec.path("clusterIP").asText("<none>");
      case "externalIp" -> externalIp(o);
      case "ports" -> ports(spec.path("ports"));
      case "selector" -> selector(spec.path("selector"));
      case "readyReplicas" ->
          status.path("readyReplicas").asInt() + "/" + spec.path("replicas").asInt();
      case "updated" -> status.path("updatedReplicas").asText("0");
      case "available" -> status.path("availableReplicas").asText("0");
      case "desired" -> spec.path("replicas").asText("0");
      case "current" -> status.path("replicas").asText("0");
      case "readyCount" -> status.path("readyReplicas").asText("0");
      case "containers" -> ofContainers(o, "name");
      case "images" -> ofContainers(o, "image");
      case "data" -> "" + (o.path("data").size() + o.path("binaryData").size());
      case "secrets" -> "" + o.path("secrets").size();
      case "nodeStatus" -> nodeStatus(status);
      case "lastSeen" -> lastSeen(o, now);
      case "involved" ->
          o.path("involvedObject").path("kind").asText().toLowerCase(java.util.Locale.ROOT)
              + "/"
              + o.path("involvedObject").path("name").asText();
      case "minAvailable" -> spec.path("minAvailable").asText("N/A");
      case "maxUnavailable" -> spec.path("maxUnavailable").asText("N/A");
      case "disruptions" -> status.path("disruptionsAllowed").asText("0");
      case "reference" ->
          spec.path("scaleTargetRef").path("kind").asText()
              + "/"
              + spec.path("scaleTargetRef").path("name").asText();
      default -> throw new IllegalStateException("no such cell: " + cell);
    };
  }

  private static String podStatus(JsonNode pod) {
    if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
      return "Terminating";
    }
    for (var c : pod.path("status").path("containerStatuses")) {
      var waiting = c.path("state").path("waiting").path("reason").asText("");
      if (!waiting.isEmpty()) {
        return waiting;
      }
    }
    return pod.path("status").path("reason").asText(pod.path("status").path("phase").asText());
  }

  private static String externalIp(JsonNode service) {
    return switch (service.path("spec").path("type").asText()) {
      case "LoadBalancer" -> {
        var ingress = service.path("status").path("loadBalancer").path("ingress").path(0);
        yield ingress.path("ip").asText(ingress.path("hostname").asText("<pending>"));
      }
      case "ExternalName" -> service.path("spec").path("externalName").asText();
      default -> "<none>";
    };
  }

  private static String ports(JsonNode ports) {
    var shown = new ArrayList<String>();
    for (var p : ports) {
      var nodePort = p.has("nodePort") ? ":" + p.get("nodePort").asText() : "";
      shown.add(p.path("port").asText() + nodePort + "/" + p.path("protocol").asText("TCP"));
    }
    return shown.isEmpty() ? "<none>" : String.join(",", shown);
  }

  static String selector(JsonNode selector) {
    var labels = selector.has("matchLabels") ? selector.get("matchLabels") : selector;
    return labels.isEmpty()
        ? "<none>"
        : labels
            .propertyStream()
            .map(e -> e.getKey() + "=" + e.getValue().asText())
            .sorted()
            .collect(Collectors.joining(","));
  }

  private static String ofContainers(JsonNode workload, String field) {
    return workload
        .path("spec")
        .path("template")
        .path("spec")
        .path("containers")
        .valueStream()
        .map(c -> c.path(field).asText())
        .collect(Collectors.joining(","));
  }

  private static String nodeStatus(JsonNode status) {
    return status
            .path("conditions")
            .valueStream()
            .anyMatch(
                c ->
                    c.path("type").asText().equals("Ready")
                        && c.path("status").asText().equals("True"))
        ? "Ready"
        : "NotReady";
  }

  private static String lastSeen(JsonNode event, Instant now) {
    for (var time :
        List.of(
            event.path("series").path("lastObservedTime"),
            event.path("lastTimestamp"),
            event.path("eventTime"),
            event.path("metadata").path("creationTimestamp"))) {
      if (time.isTextual()) {
        return Ages.since(time.asText(), now);
      }
    }
    return "<unknown>";
  }
}
