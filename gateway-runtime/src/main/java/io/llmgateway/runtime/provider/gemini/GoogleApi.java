package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where models are to be found behind an API's base URL, which ends with the API's version. Names
 * may come from clients: none leads out of the project, or to anything but a model.
 */
public sealed interface GoogleApi {

  /**
   * Percent-encoded; begins with a slash, and a method such as {@code :generateContent} is to
   * follow.
   *
   * @param model a bare name such as {@code gemini-3.5-flash}, or what the API calls a resource
   */
  String path(String model);

  /** {@code generativelanguage.googleapis.com}; {@code tunedModels/NAME} is a tuned model. */
  record Gemini() implements GoogleApi {
    private static final Pattern RESOURCE = Pattern.compile("((?:tunedM|m)odels/)([^/]+)");

    @Override
    public String path(String model) {
      Matcher resource = RESOURCE.matcher(model);
      return resource.matches()
          ? "/" + resource.group(1) + encoded(resource.group(2))
          : "/models/" + encoded(model);
    }

    /** As bodies name the model. */
    String resource(String model) {
      return RESOURCE.matcher(model).matches() ? model : "models/" + model;
    }
  }

  /**
   * {@code aiplatform.googleapis.com}; {@code endpoints/ID} is a tuned model, {@code
   * publishers/PUBLISHER/models/NAME} one of another maker.
   *
   * @param location a region such as {@code europe-west4}, or {@code global}
   */
  record Vertex(String project, String location) implements GoogleApi {
    private static final Pattern RESOURCE =
        Pattern.compile("(endpoints/|publishers/[a-z0-9-]+/models/)([^/]+)");

    @Override
    public String path(String model) {
      String here = "/projects/" + encoded(project) + "/locations/" + encoded(location) + "/";
      Matcher resource = RESOURCE.matcher(model);
      return resource.matches()
          ? here + resource.group(1) + encoded(resource.group(2))
          : here + "publishers/google/models/" + encoded(model);
    }
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
  }
}
