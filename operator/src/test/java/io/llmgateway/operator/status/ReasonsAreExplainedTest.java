package io.llmgateway.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.operator.compile.Reasons;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsAreExplainedTest {
  private static final Path GUIDE = Path.of("..", "docs", "user-guide");

  @Test
  void theUserGuideHasEveryReason() throws Exception {
    String guide = guide();
    assertThat(constants(Reasons.class, ConditionReasons.class))
        .hasSizeGreaterThan(30)
        .allSatisfy(reason -> assertThat(guide).contains("`" + reason + "`"));
  }

  private static List<String> constants(Class<?>... classes) throws IllegalAccessException {
    List<String> constants = new ArrayList<>();
    for (Class<?> type : classes) {
      for (Field field : type.getFields()) {
        constants.add(String.valueOf(field.get(null)));
      }
    }
    return constants;
  }

  private static String guide() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String page : List.of("gateways.md", "routes.md", "keys.md", "aws.md", "tracing.md")) {
      text.append(Files.readString(GUIDE.resolve(page)));
    }
    return text.toString();
  }
}
