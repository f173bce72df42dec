package io.sluice.clickhouse.sink;

/** What must hold after every step. */
enum Invariant {
  /**
   * A row that no state holds and that the source will not read again is stored, in both tables.
   */
  NOTHING_LOST,
  /** No row is in a table twice. */
  NOTHING_TWICE,
  /** Where nothing is half applied, the totals count the rows of the table. */
  TOTALS_EQUAL_ROWS,
  /** After an accepted request a window passes before the next one starts. */
  ONE_REQUEST_PER_WINDOW,
  /** One request at a time. */
  ONE_REQUEST_IN_FLIGHT,
  /** A failure is followed by its delay. */
  BACKS_OFF,
  /** A batch that was refused, or is too large and cannot be cut, waits for a window or more. */
  WAITS_BY_ITSELF,
  /** Then those that nobody objected to have their turn. */
  OTHERS_GO_FIRST,
  /** A rejection costs its delay, and no more. */
  RETRIES_IN_TIME,
  /** What is sent is, byte for byte, in the checkpoint that a crash would restore. */
  SENT_ONLY_IF_COVERED,
  /** One token: one URL, hence one set of settings, and one body. */
  RETRIES_ARE_IDENTICAL,
  /** Every request has a token. */
  HAS_TOKEN,
  /** A batch that may have been applied is in every snapshot, as it was, until it is accepted. */
  STATE_KEEPS_UNACKNOWLEDGED,
  /**
   * Of a batch that may have been applied no snapshot says that it was not; of others each does.
   */
  STATE_TELLS_WHAT_WAS_SENT,
  /** A batch of several blocks that was certainly never applied does not stay too large. */
  CUTS_WHAT_IT_MAY,
  /** No two batches of a snapshot hold the same row. */
  STATE_HOLDS_ROWS_ONCE,
  /** A half has the token that derives from its whole's, each time the whole is halved. */
  HALVES_ARE_DERIVED,
  /** The writer holds what it was given and is not accepted. */
  WRITER_HOLDS_REST,
  /** The source is held back from the byte limit on, and only then; the excess is one block. */
  SOURCE_HELD_AT_LIMIT,
  /**
   * Behind a shuffle the buffer exceeds its limit by what came since the last checkpoint, at most.
   */
  BUFFER_BOUNDED,
  /** Without further faults a barrier behind rows passes in bounded time. */
  CHECKPOINT_PASSES,
  /** Requests in doubt are at least those that a crash would repeat though they may be stored. */
  DOUBTS_WHAT_MAY_BE_REPEATED,
  /** Rows sent are the rows of accepted requests. */
  COUNTS_ACCEPTED_ROWS,
  /** Each kind of answer is taken for what it is. */
  CLASSIFIES_ANSWERS,
  /** Without further faults everything is stored in bounded time. */
  DRAINS,
  /** Nothing throws. */
  NO_EXCEPTION
}
