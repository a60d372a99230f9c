package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelRuntimeFactory;
import io.llmgateway.localcluster.api.FieldError;
import java.util.Locale;

/** Compiles CEL rules against the types of a schema, with Kubernetes' function libraries. */
final class CelCompiling {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableRegexPartialMatch(true)
          .evaluateCanonicalTypesToNativeValues(true)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(
              CelExtensions.strings(), CelExtensions.sets(OPTIONS), CelOptionalLibrary.INSTANCE)
          .addFunctionBindings(CelFunctions.bindings())
          .build();

  private CelCompiling() {}

  /**
   * @param self the type of the node that the rule is on
   * @throws IllegalArgumentException saying what is wrong with the rule
   */
  static CelRule compile(JsonNode source, CelType self, CelTypes types) {
    var rule = source.path("rule").asText("");
    if (rule.isBlank()) {
      throw new IllegalArgumentException("rule is not specified");
    }
    if (source.path("optionalOldSelf").asBoolean()) {
      throw new IllegalArgumentException("local-cluster does not serve optionalOldSelf");
    }
    var compiler = compiler(self, types);
    var checked = check(compiler, rule, SimpleType.BOOL);
    boolean transition = rule.contains("oldSelf");
    var expression = source.path("messageExpression").asText("");
    return new CelRule(
        rule.strip(),
        source.path("message").asText(""),
        expression.isEmpty() ? null : check(compiler, expression, SimpleType.STRING),
        reason(source.path("reason").asText("")),
        source.path("fieldPath").asText(""),
        transition,
        checked,
        self);
  }

  private static CelCompiler compiler(CelType self, CelTypes types) {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addLibraries(
            CelExtensions.strings(), CelExtensions.sets(OPTIONS), CelOptionalLibrary.INSTANCE)
        .addFunctionDeclarations(CelFunctions.declarations())
        .setTypeProvider(types.known())
        .addVar("self", self)
        .addVar("oldSelf", self)
        .build();
  }

  private static Program check(CelCompiler compiler, String expression, CelType result) {
    try {
      var ast = compiler.compile(expression).getAst();
      if (!ast.getResultType().equals(result) && !ast.getResultType().equals(SimpleType.DYN)) {
        throw new IllegalArgumentException(
            "must evaluate to a " + result.name() + ", not " + ast.getResultType().name());
      }
      return RUNTIME.createProgram(ast);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException("compilation failed: " + e.getMessage(), e);
    }
  }

  private static FieldError.Kind reason(String reason) {
    return switch (reason) {
      case "", "FieldValueInvalid" -> FieldError.Kind.INVALID;
      case "FieldValueRequired" -> FieldError.Kind.REQUIRED;
      case "FieldValueForbidden" -> FieldError.Kind.FORBIDDEN;
      case "FieldValueDuplicate" -> FieldError.Kind.DUPLICATE;
      default ->
          throw new IllegalArgumentException(
              String.format(Locale.ROOT, "reason: Unsupported value: \"%s\"", reason));
    };
  }
}
