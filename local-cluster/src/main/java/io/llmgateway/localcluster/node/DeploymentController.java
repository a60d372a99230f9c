package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes pods of Deployments, without ReplicaSets between them. */
final class DeploymentController {
  private final NodeApi api;
  private final NodeSettings settings;
  private final PortBook ports;
  private final EventRecorder events;
  private final Clock clock;
  private long build;

  DeploymentController(NodeApi api, NodeSettings settings, PortBook ports, EventRecorder events) {
    this.api = api;
    this.settings = settings;
    this.ports = ports;
    this.events = events;
    clock = settings.clock();
  }

  /** One look at everything; does nothing when nothing changed. */
  void pass() {
    var deployments = api.list(NodeApi.DEPLOYMENTS);
    ports.retain(deployments.stream().map(DeploymentController::key).collect(Collectors.toSet()));
    for (var deployment : deployments) {
      if (!Json.isBeingDeleted(deployment)) {
        if (PodTemplate.isGateway(deployment)) {
          reconcile(deployment);
        } else {
          api.setStatus(
              NodeApi.DEPLOYMENTS, deployment, NotRun.deployment(deployment, clock.instant()));
        }
      }
    }
    for (var autoscaler : api.list(NodeApi.AUTOSCALERS)) {
      api.setStatus(
          NodeApi.AUTOSCALERS, autoscaler, NotRun.autoscaler(autoscaler, clock.instant()));
    }
    deletePodsWithoutDeployment(deployments);
  }

  private void reconcile(ObjectNode deployment) {
    int apiPort = ports.apiPort(key(deployment));
    var hash = PodTemplate.hash(deployment, machine(apiPort));
    var pods = podsOf(deployment);
    var plan =
        Rollout.plan(
            wanted(deployment),
            pods.stream().filter(p -> !Json.isBeingDeleted(p)).map(p -> view(p, hash)).toList(),
            settings.sharedPort());
    for (int i = 0; i < plan.create(); i++) {
      var pod =
          api.create(
              NodeApi.PODS, PodTemplate.pod(deployment, hash, portsOfPod(deployment, apiPort)));
      events.normal(deployment, "SuccessfulCreate", "Created pod: " + Json.name(pod));
    }
    for (var pod : pods) {
      if (plan.delete().contains(Json.name(pod))) {
        api.delete(NodeApi.PODS, pod);
        events.normal(deployment, "SuccessfulDelete", "Deleted pod: " + Json.name(pod));
      }
    }
    api.setStatus(
        NodeApi.DEPLOYMENTS,
        deployment,
        DeploymentStatus.of(deployment, podsOf(deployment), hash, clock.instant()));
  }

  private int wanted(ObjectNode deployment) {
    int replicas = deployment.path("spec").path("replicas").asInt(1);
    if (replicas > 1 && !settings.sharedPort()) {
      events.warning(
          deployment,
          "OneReplica",
          "on this system processes cannot share a port, so that one replica of "
              + replicas
              + " runs");
      return 1;
    }
    return replicas;
  }

  /** Another build of the runtime or another port makes new pods, as another image would. */
  private String machine(int apiPort) {
    try {
      build = Files.getLastModifiedTime(settings.runtimeJar()).toMillis();
    } catch (IOException e) {
      // It is being built anew; what runs goes on running.
    }
    return apiPort + " " + build;
  }

  private Map<String, Integer> portsOfPod(ObjectNode deployment, int apiPort) {
    var reserved = new HashSet<Integer>();
    for (var pod : api.list(NodeApi.PODS)) {
      PodTemplate.container(pod.path("spec"))
          .path("ports")
          .forEach(p -> reserved.add(p.path("containerPort").asInt()));
    }
    var mapped = new HashMap<String, Integer>();
    var template = deployment.path("spec").path("template").path("spec");
    for (var port : PodTemplate.container(template).path("ports")) {
      var name = port.path("name").asText();
      int here =
          name.equals(PodTemplate.API_PORT) ? apiPort : PortBook.freeAbove(apiPort, reserved);
      reserved.add(here);
      mapped.put(name, here);
    }
    return mapped;
  }

  private static Rollout.Pod view(JsonNode pod, String hash) {
    var created = pod.path("metadata").path("creationTimestamp").asText();
    return new Rollout.Pod(
        Json.name(pod),
        PodTemplate.hashOf(pod).equals(hash),
        PodStatus.isReady(pod),
        -Instant.parse(created).getEpochSecond());
  }

  private List<ObjectNode> podsOf(ObjectNode deployment) {
    return api.list(NodeApi.PODS).stream()
        .filter(p -> Json.uid(deployment).equals(PodTemplate.ownerUid(p)))
        .toList();
  }

  /** The garbage collector does it too, but not for what was orphaned while nothing ran. */
  private void deletePodsWithoutDeployment(List<ObjectNode> deployments) {
    Set<String> owners =
        deployments.stream()
            .filter(d -> !Json.isBeingDeleted(d))
            .map(Json::uid)
            .collect(Collectors.toSet());
    for (var pod : api.list(NodeApi.PODS)) {
      if (!Json.isBeingDeleted(pod)
          && PodTemplate.isOurs(pod)
          && !owners.contains(PodTemplate.ownerUid(pod))) {
        api.delete(NodeApi.PODS, pod);
      }
    }
  }

  private static String key(ObjectNode deployment) {
    return Json.namespace(deployment) + "/" + Json.name(deployment);
  }
}
