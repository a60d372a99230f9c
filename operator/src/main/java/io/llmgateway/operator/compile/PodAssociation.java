package io.llmgateway.operator.compile;

/**
 * An association of EKS Pod Identity that the operator keeps.
 *
 * @param pods who gets the role
 */
public record PodAssociation(Trust.OfPods pods, String roleArn) {}
