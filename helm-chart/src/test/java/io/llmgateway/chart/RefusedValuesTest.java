package io.llmgateway.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that cannot be meant is refused, by its name. */
class RefusedValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {replica: 2}                                     | replica
          {replicas: two}                                  | replicas
          {replicas: 100}                                  | replicas
          {image: operator:1.0}                            | image
          {image: {repository: ''}}                        | repository
          {image: {tag: 'a b'}}                            | tag
          {image: {digest: 'sha256:12'}}                   | digest
          {image: {pullPolicy: Sometimes}}                 | pullPolicy
          {image: {version: '1.0'}}                        | version
          {gatewayImage: {pullPolicy: Always}}             | pullPolicy
          {imagePullSecrets: [registry]}                   | imagePullSecrets
          {fullnameOverride: Under_Score}                  | fullnameOverride
          {commonLabels: {team: 1}}                        | team
          {crds: {install: 'yes'}}                         | install
          {crds: {upgrade: true}}                          | upgrade
          {rbac: {create: 1}}                              | create
          {serviceAccount: {name: 'A B'}}                  | name
          {serviceAccount: {annotations: {a: 1}}}          | annotations
          {aws: {oidcProviderArn: oidc.example.com}}       | oidcProviderArn
          {aws: {eksClusterArn: prod}}                     | eksClusterArn
          {aws: {permissionsBoundaryArn: boundary}}        | permissionsBoundaryArn
          {resources: {request: {}}}                       | request
          {logLevel: loud}                                 | logLevel
          {extraEnv: [{value: a}]}                         | extraEnv
          {extraEnv: [{name: 1A, value: a}]}               | name
          {podDisruptionBudget: {maxUnavailable: 0}}       | maxUnavailable
          {podDisruptionBudget: {minAvailable: 1}}         | minAvailable
          {serviceMonitor: {interval: often}}              | interval
          {networkPolicy: {enabled: maybe}}                | enabled
          {tolerations: {key: a}}                          | tolerations
          """)
  void theMessageNamesTheValue(String values, String name) {
    assertThatThrownBy(() -> Chart.render(Chart.parse(values)))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(name);
  }
}
