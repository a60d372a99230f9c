/** The management port: what the kubelet, the operator and Prometheus ask. */
package io.llmgateway.runtime.management;
