package io.sluice.clickhouse.sink;

/**
 * What a lane does with its input while its buffer is full. Nothing is sent that no checkpoint
 * holds, so a lane that never took a row more would wait for itself: no row, hence no barrier
 * behind it, hence no checkpoint, hence no request, hence no room.
 */
enum WhenFull {
  /** The source of the same chain reads nothing. Peak: the limit and one block. */
  HOLD_SOURCE,

  /**
   * A write waits while requests alone make room, that is, while a batch is sendable or in flight.
   * Peak: the limit and what one checkpoint interval brings.
   */
  BLOCK,

  /** Takes whatever comes. Peak: whatever comes. */
  ACCEPT
}
