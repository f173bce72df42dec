package io.sluice.feed.capnp;

import io.sluice.feed.kafka.UndecodableMessageException;

/**
 * What can be wrong with a message. These words are all that logs and dead-letter headers ever say
 * of it: a number read from a broken message may be four letters of a client's address, so there is
 * none in them.
 */
public enum Defect {
  TOMBSTONE("no value (tombstone)"),
  EMPTY("empty value"),
  CUT_IN_FIRST_WORD("truncated in the first word of the segment table"),
  TOO_MANY_SEGMENTS("announces more segments than a message may have"),
  CUT_IN_SEGMENT_TABLE("truncated in the segment table"),
  CUT_IN_SEGMENT("truncated: ends before its last segment does"),
  NO_ROOT("no root pointer"),
  ROOT_NOT_A_STRUCT("the root is no struct"),
  ROOT_OUT_OF_BOUNDS("the root reaches out of its segment"),
  UNKNOWN_SEGMENT("a far pointer names a segment that is not there"),
  LANDING_PAD_OUT_OF_BOUNDS("a far pointer lands outside of its segment"),
  LANDING_PAD_NOT_FAR("a double-far pointer lands on a pointer that is not far"),
  TEXT_NOT_A_LIST("a text is no list"),
  TEXT_NOT_OF_BYTES("a text is a list of something other than bytes"),
  TEXT_OUT_OF_BOUNDS("a text reaches out of its segment"),
  TEXT_NOT_TERMINATED("a text does not end in NUL"),
  TEXTS_OVERLAP("the texts are longer than the message: they overlap"),
  REFUSED_BY_THE_LIBRARY("the library refuses it");

  private final String words;

  Defect(String words) {
    this.words = words;
  }

  /** For logs and headers, without a digit. */
  public String words() {
    return words;
  }

  /** To be thrown for a message that has it. */
  public UndecodableMessageException exception() {
    return new UndecodableMessageException(words);
  }
}
