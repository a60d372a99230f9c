package io.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.localcluster.schema.Schema;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {
  private static final Admission ADMISSION = new Admission();

  @ParameterizedTest
  @MethodSource("valid")
  void aValidResourceIsAdmitted(Corpus.Entry entry) {
    assertThat(ADMISSION.errorsOfCreating(entry.resource())).isEmpty();
  }

  static List<Corpus.Entry> valid() {
    return Corpus.in("valid");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsAdmitted(Corpus.Entry entry) {
    assertThat(ADMISSION.errorsOfCreating(entry.resource())).isEmpty();
  }

  static List<Corpus.Entry> examples() {
    return Corpus.below(Path.of("../examples"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void anInvalidResourceGetsTheErrorThatItStates(Corpus.Entry entry) {
    assertThat(entry.refused()).as("the file says what is refused").isNotEmpty();
    assertThat(ADMISSION.errorsOfCreating(entry.resource())).isEqualTo(entry.refused());
  }

  static List<Corpus.Entry> invalid() {
    return Corpus.in("invalid");
  }

  /** Each file has a resource and what it cannot become. */
  @Test
  void aChangeGetsTheErrorThatItStates() {
    List<Corpus.Entry> changes = Corpus.in("changes");

    assertThat(changes).hasSize(4);
    for (int i = 0; i < changes.size(); i += 2) {
      Corpus.Entry after = changes.get(i + 1);
      assertThat(ADMISSION.errorsOfCreating(after.resource())).isEmpty();
      assertThat(ADMISSION.errorsOfChanging(changes.get(i).resource(), after.resource()))
          .isEqualTo(after.refused());
    }
  }

  @Test
  void everyRuleRefusesSomethingOfTheCorpus() {
    Set<String> broken = new HashSet<>();
    Stream.concat(Corpus.in("invalid").stream(), Corpus.in("changes").stream())
        .forEach(e -> e.refused().forEach(error -> broken.add(withoutIndexAndValue(error))));

    Set<String> rules = new TreeSet<>();
    ADMISSION.schemas().values().forEach(schema -> collectRules(schema, "", rules));

    assertThat(rules).isNotEmpty().isSubsetOf(broken);
  }

  /** The form in which {@link #collectRules} writes a rule. */
  private static String withoutIndexAndValue(String error) {
    return error
        .replaceAll("\\[[0-9]+]", "[]")
        .replaceFirst("Invalid value: \"(object|array|string)\": ", "")
        .replaceFirst("^<nil>", "");
  }

  private static void collectRules(Schema schema, String path, Set<String> rules) {
    schema.rules().forEach(rule -> rules.add(path + ": " + rule.message()));
    schema
        .properties()
        .forEach(
            (name, field) -> collectRules(field, path.isEmpty() ? name : path + "." + name, rules));
    if (schema.items() != null) {
      collectRules(schema.items(), path + "[]", rules);
    }
  }
}
