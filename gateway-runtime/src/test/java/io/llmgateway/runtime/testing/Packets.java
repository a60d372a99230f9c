package io.llmgateway.runtime.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes cut up as a network may cut them. */
public final class Packets {
  private Packets() {}

  /** Pieces of 1 to {@code longest} bytes that make the whole. */
  public static List<byte[]> of(byte[] whole, int longest, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    int at = 0;
    while (at < whole.length) {
      int end = Math.min(whole.length, at + 1 + random.nextInt(longest));
      pieces.add(Arrays.copyOfRange(whole, at, end));
      at = end;
    }
    return pieces;
  }
}
