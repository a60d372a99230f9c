package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What proxy pods need, and nothing else.
 *
 * @param spec a policy that is enabled
 * @param upstreams where the gateway's configuration has it call
 */
record ProxyNetworkPolicy(
    GatewayNames names,
    io.llmgateway.api.v1alpha1.NetworkPolicy spec,
    Upstreams upstreams,
    String operatorNamespace) {
  private static final int DNS = 53;
  private static final int HTTPS = 443;
  private static final List<String> MONITORING = List.of("monitoring");
  private static final String OPERATOR = "llmgateway-operator";
  private static final String NAME_LABEL = "app.kubernetes.io/name";
  private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

  /** Where pods of EKS, EC2 and GKE get the credentials of their identity, at port 80. */
  private static final List<String> IDENTITY_ENDPOINTS =
      List.of("169.254.169.254/32", "169.254.170.23/32", "fd00:ec2::23/128", "fd00:ec2::254/128");

  NetworkPolicy object() {
    return new NetworkPolicyBuilder()
        .withMetadata(names.child(names.name(), GatewayNames.PROXY))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(names.podSelector())
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(clients(), management())
        .withEgress(egress())
        .endSpec()
        .build();
  }

  private NetworkPolicyIngressRule clients() {
    NetworkPolicyIngressRuleBuilder rule =
        new NetworkPolicyIngressRuleBuilder().withPorts(tcp(GatewayNames.API_PORT));
    // Whoever forwards from outside need not be a pod.
    return names.reachableFromOutside() ? rule.build() : rule.withFrom(podsOfTheCluster()).build();
  }

  private NetworkPolicyIngressRule management() {
    List<NetworkPolicyPeer> from = new ArrayList<>();
    from.add(operator());
    SortedSet<String> namespaces =
        new TreeSet<>(
            spec.monitoringNamespaces() == null
                ? MONITORING
                : Present.in(spec.monitoringNamespaces()));
    if (!namespaces.isEmpty()) {
      from.add(
          new NetworkPolicyPeerBuilder()
              .withNewNamespaceSelector()
              .addNewMatchExpression()
              .withKey(NAMESPACE_LABEL)
              .withOperator("In")
              .withValues(List.copyOf(namespaces))
              .endMatchExpression()
              .endNamespaceSelector()
              .build());
    }
    return new NetworkPolicyIngressRuleBuilder()
        .withPorts(tcp(GatewayNames.MANAGEMENT_PORT))
        .withFrom(from)
        .build();
  }

  private List<NetworkPolicyEgressRule> egress() {
    List<NetworkPolicyEgressRule> rules = new ArrayList<>();
    rules.add(new NetworkPolicyEgressRuleBuilder().withPorts(port("UDP", DNS), tcp(DNS)).build());
    SortedSet<Integer> ports = new TreeSet<>(upstreams.ports());
    ports.add(HTTPS);
    rules.add(
        new NetworkPolicyEgressRuleBuilder()
            .withPorts(ports.stream().map(ProxyNetworkPolicy::tcp).toList())
            .build());
    if (upstreams.identity()) {
      rules.add(
          new NetworkPolicyEgressRuleBuilder()
              .withTo(IDENTITY_ENDPOINTS.stream().map(ProxyNetworkPolicy::address).toList())
              .withPorts(tcp(80))
              .build());
    }
    rules.addAll(AsKubernetes.all(spec.extraEgress(), NetworkPolicyEgressRule.class));
    return rules;
  }

  /** Anybody may give a pod the operator's label, but not in the operator's namespace. */
  private NetworkPolicyPeer operator() {
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
        .addToMatchLabels(NAMESPACE_LABEL, operatorNamespace)
        .endNamespaceSelector()
        .withNewPodSelector()
        .addToMatchLabels(NAME_LABEL, OPERATOR)
        .endPodSelector()
        .build();
  }

  private static NetworkPolicyPeer podsOfTheCluster() {
    return new NetworkPolicyPeerBuilder().withNamespaceSelector(new LabelSelector()).build();
  }

  private static NetworkPolicyPeer address(String cidr) {
    return new NetworkPolicyPeerBuilder().withNewIpBlock().withCidr(cidr).endIpBlock().build();
  }

  private static NetworkPolicyPort tcp(int number) {
    return port("TCP", number);
  }

  private static NetworkPolicyPort port(String protocol, int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(number))
        .build();
  }
}
