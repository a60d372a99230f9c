package io.llmgateway.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port. */
final class PortConverter implements ITypeConverter<Integer> {
  /** Further ports are counted up from the one that is named. */
  private static final int HIGHEST = 64000;

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw new TypeConversionException(
        "must be a number from 1 to " + HIGHEST + ", not '" + text + "'");
  }
}
