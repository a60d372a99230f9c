package io.llmgateway.runtime.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side says. Results of tools are the user's; several may stand in one message.
 *
 * @param name of the speaker, where the client gave one
 * @param param where it stands in the client's body, such as {@code messages[2]}, for errors
 */
public record Message(Role role, List<Part> parts, @Nullable String name, String param) {

  public enum Role {
    SYSTEM,
    /** As OpenAI tells it apart from {@link #SYSTEM}; where nobody does, it is that. */
    DEVELOPER,
    USER,
    ASSISTANT
  }

  /** The role alone: the rest is somebody's conversation. */
  @Override
  public String toString() {
    return "Message[" + role + "]";
  }
}
