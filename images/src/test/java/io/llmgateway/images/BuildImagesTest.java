package io.llmgateway.images;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildImagesTest {
  @Test
  void whatCannotBeMeantIsSaid() {
    refused("--repository is no option; there are: --repository=DIR", "--repository");
    refused("--push=yes is no option", "--push=yes");
    refused("--arch must be amd64 or arm64, not s390x", "--repository=.", "--arch=s390x");
    Architecture other =
        Architecture.here() == Architecture.AMD64 ? Architecture.ARM64 : Architecture.AMD64;
    refused("or give --jre=DIR", "--repository=.", "--arch=" + other.id());
    refused("--repository=DIR is missing");
  }

  private static void refused(String message, String... arguments) {
    assertThatThrownBy(() -> BuildImages.parse(List.of(arguments)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
