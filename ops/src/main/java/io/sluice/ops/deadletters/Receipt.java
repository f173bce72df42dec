package io.sluice.ops.deadletters;

import static java.util.Objects.requireNonNull;

/**
 * Says in the dead-letter topic that a letter was replayed.
 *
 * @param origin of the letter
 * @param sentTo where its bytes are now; should they be undecodable still, this is the origin of
 *     the next letter
 */
public record Receipt(Place origin, Place sentTo) {
  public Receipt {
    requireNonNull(origin, "origin");
    requireNonNull(sentTo, "sentTo");
  }
}
