package io.llmgateway.localcluster.api;

import java.util.List;
import java.util.Locale;

/** The kinds that are served without a CustomResourceDefinition. */
public final class BuiltinKinds {
  public static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  public static final String NAMESPACES = "namespaces";
  public static final String EVENTS = "events";

  /** group/version, plural, Kind, scope, short names, then flags. */
  private static final String TABLE =
      """
      v1 namespaces Namespace cluster ns status
      v1 nodes Node cluster no status
      v1 pods Pod ns po status,all
      v1 services Service ns svc status,all
      v1 configmaps ConfigMap ns cm -
      v1 secrets Secret ns - -
      v1 events Event ns ev -
      v1 serviceaccounts ServiceAccount ns sa -
      v1 persistentvolumeclaims PersistentVolumeClaim ns pvc status
      v1 endpoints Endpoints ns ep -
      apps/v1 deployments Deployment ns deploy status,all,generation,scale
      apps/v1 replicasets ReplicaSet ns rs status,all,generation,scale
      coordination.k8s.io/v1 leases Lease ns - -
      policy/v1 poddisruptionbudgets PodDisruptionBudget ns pdb status,generation
      autoscaling/v2 horizontalpodautoscalers HorizontalPodAutoscaler ns hpa status,all
      networking.k8s.io/v1 networkpolicies NetworkPolicy ns netpol generation
      networking.k8s.io/v1 ingresses Ingress ns ing status,generation
      discovery.k8s.io/v1 endpointslices EndpointSlice ns - generation
      rbac.authorization.k8s.io/v1 roles Role ns - -
      rbac.authorization.k8s.io/v1 rolebindings RoleBinding ns - -
      rbac.authorization.k8s.io/v1 clusterroles ClusterRole cluster - -
      rbac.authorization.k8s.io/v1 clusterrolebindings ClusterRoleBinding cluster - -
      events.k8s.io/v1 events Event ns ev -
      apiextensions.k8s.io/v1 customresourcedefinitions CustomResourceDefinition cluster crd,crds status,generation,api-extensions
      """;

  private BuiltinKinds() {}

  public static List<ResourceType> all() {
    return TABLE.lines().map(BuiltinKinds::parse).toList();
  }

  private static ResourceType parse(String line) {
    var f = line.split(" ", -1);
    int slash = f[0].indexOf('/');
    var group = slash < 0 ? "" : f[0].substring(0, slash);
    var flags = List.of(f[5].split(",", -1));
    var plural = f[1];
    // Both Event kinds show the same objects.
    var bucket = plural.equals(EVENTS) || group.isEmpty() ? plural : plural + "." + group;
    return new ResourceType(
        group,
        f[0].substring(slash + 1),
        plural,
        f[2].toLowerCase(Locale.ROOT),
        f[2],
        f[3].equals("ns"),
        f[4].equals("-") ? List.of() : List.of(f[4].split(",", -1)),
        flags.stream().filter(c -> c.equals("all") || c.equals("api-extensions")).toList(),
        flags.contains("status"),
        flags.contains("generation"),
        flags.contains("scale") ? new ScalePaths(".spec.replicas", ".status.replicas", "") : null,
        null,
        List.of(),
        bucket);
  }
}
