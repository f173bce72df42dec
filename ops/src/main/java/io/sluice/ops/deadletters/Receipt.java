package io.sluice.ops.deadletters;

/**
 * Says in the dead-letter topic that a letter was replayed.
 *
 * @param origin of the letter
 * @param sentTo where its bytes are now; should they be undecodable still, this is the origin of
 *     the next letter
 */
public record Receipt(Place origin, Place sentTo) {}
