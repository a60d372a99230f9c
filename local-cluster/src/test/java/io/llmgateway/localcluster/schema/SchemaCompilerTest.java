package io.llmgateway.localcluster.schema;

import static io.llmgateway.localcluster.schema.Schemas.compileErrors;
import static io.llmgateway.localcluster.schema.Schemas.errors;
import static io.llmgateway.localcluster.schema.Schemas.ofSpec;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCompilerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|f].type: Required value: must not be empty for specified object fields",
        "{type: text}|f].type: Unsupported value: \"text\": supported values: \"array\","
            + " \"boolean\", \"integer\", \"number\", \"object\", \"string\"",
        "{type: array}|f].items: Required value: must be specified",
        "{type: string, pattern: '('}|f].pattern: Invalid value: \"(\": must be a valid regular",
        "{type: object, $ref: x}|f].$ref: Forbidden: $ref is not supported",
        "{type: array, x-kubernetes-list-type: map, items: {type: object}}|"
            + "f].x-kubernetes-list-map-keys: Required value",
        "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}|"
            + "additionalProperties and properties are mutual exclusive",
        "{type: string, x-kubernetes-validations: [{rule: self.size() > }]}|compilation failed",
        "{type: string, x-kubernetes-validations: [{rule: self.nothing()}]}|compilation failed",
        "{type: string, x-kubernetes-validations: [{rule: self + 'x'}]}|must evaluate to a bool",
        "{type: string, x-kubernetes-validations: [{rule: ''}]}|rule is not specified",
        "{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: self.b =="
            + " 'x'}]}|undefined field",
        "{type: string, x-kubernetes-validations: [{rule: self == 1}]}|no matching overload",
        "{type: string, x-kubernetes-validations: [{rule: self == '', reason: Because}]}|"
            + "Unsupported value: \"Because\""
      })
  void aBadSchemaIsRefusedBeforeItIsUsed(String schema, String message) {
    assertThat(compileErrors("f: " + schema)).singleElement().asString().contains(message);
  }

  /** Each holds for self = {s: "a-b", n: 3, list: [1, 2], m: {k: v}, t: …, q: 1Gi, d: 90s}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.s.matches('^a')",
        "self.s.find('[a-z]') == 'a' && self.s.findAll('[a-z]') == ['a', 'b']",
        "self.s.split('-').size() == 2 && self.s.replace('-', '') == 'ab'",
        "self.s.upperAscii() == 'A-B' && self.s.indexOf('b') == 2 && ' x '.trim() == 'x'",
        "['a', 'b'].join('-') == self.s",
        "self.list.all(i, i > 0) && self.list.exists_one(i, i == 2)",
        "self.list.map(i, i * 2) == [2, 4] && self.list.filter(i, i > 1) == [2]",
        "sets.contains(self.list, [1]) && 1 in self.list",
        "'k' in self.m && self.m.k == 'v' && self.m.all(k, k == 'k')",
        "self.t > timestamp('2026-01-01T00:00:00Z') && self.t.getFullYear() == 2026",
        "self.d == duration('1m30s')",
        "isQuantity(self.q) && quantity(self.q).isGreaterThan(quantity('1G'))",
        "quantity('1k').compareTo(quantity('1000')) == 0 && quantity('-1').sign() == -1",
        "quantity('2k').asInteger() == 2000 && !quantity('1m').isInteger()",
        "isURL('https://h:1/p') && url('https://h:1/p').getPort() == '1'",
        "url('https://h:1/p').getHost() == 'h:1' && url('https://h/p').getScheme() == 'https'",
        "url('https://h:1/p').getHostname() == 'h' && url('https://h/p').getEscapedPath() == '/p'",
        "!isURL('::') && isIP('::1') && !isIP('1.2.3') && isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33')",
        "self.n == 3 && self.n / 2 == 1 && double(self.n) / 2.0 == 1.5 && self.n < 3.5",
        "has(self.s) && !has(self.absent) && (has(self.absent) ? self.absent == 'x' : true)",
        "self.?absent.orValue('none') == 'none'",
        "self.__namespace__ == 'ns' && self.dash__dash__ed == 1",
        "self.any.x == 'y' && type(self.ios) == int"
      })
  void celFunctions(String rule) {
    var schema = ofSpec(withRule(rule));
    var object =
        """
        {self: {s: a-b, n: 3, list: [1, 2], m: {k: v}, t: "2026-11-21T10:00:00Z", q: 1Gi, d: 90s,
         namespace: ns, dash-ed: 1, any: {x: y}, ios: 5}}""";
    assertThat(errors(schema, object)).isEmpty();
    var negated = ofSpec(withRule("!(" + rule + ")"));
    assertThat(errors(negated, object)).as("the rule is evaluated").hasSize(1);
  }

  private static String withRule(String rule) {
    return """
    self:
      type: object
      x-kubernetes-validations: [{rule: "%s"}]
      properties:
        s: {type: string}
        absent: {type: string}
        n: {type: integer}
        list: {type: array, items: {type: integer}}
        m: {type: object, additionalProperties: {type: string}}
        t: {type: string, format: date-time}
        d: {type: string, format: duration}
        q: {type: string}
        namespace: {type: string}
        dash-ed: {type: integer}
        any: {type: object, x-kubernetes-preserve-unknown-fields: true}
        ios: {x-kubernetes-int-or-string: true}
    """
        .formatted(rule);
  }
}
