package io.llmgateway.systemtests.sdk;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import java.util.Map;

/** The tool of OpenAI's own examples. */
final class WeatherTool {
  private WeatherTool() {}

  static FunctionDefinition definition() {
    return FunctionDefinition.builder()
        .name("get_current_weather")
        .parameters(
            FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty(
                    "properties", JsonValue.from(Map.of("location", Map.of("type", "string"))))
                .build())
        .build();
  }
}
