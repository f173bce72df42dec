package io.sluice.feed.capnp;

import io.sluice.feed.kafka.UndecodableMessageException;

/**
 * Follows Cap'n Proto pointers, and refuses those that the Java library would follow out of the
 * message: it computes places in 32 bits, and does not check where far pointers land. A word is one
 * of
 *
 * <pre>
 *   63            48              35     32                3   2   1   0
 *   ┌─────────────┬───────────────┬──────┬─────────────────────────┬───────┐
 *   │ pointers    │ words of data        │ offset in words, signed │ 0     │ struct
 *   ├─────────────┴───────────────┬──────┼─────────────────────────┼───────┤
 *   │ elements                    │ size │ offset in words, signed │ 1     │ list
 *   ├─────────────────────────────┴──────┼─────────────────────┬───┼───────┤
 *   │ segment                            │ word of landing pad │ D │ 2     │ far
 *   └────────────────────────────────────┴─────────────────────┴───┴───────┘
 * </pre>
 *
 * <p>The landing pad of a far pointer is a pointer to the object. That of a double-far one (D) are
 * two words: a far pointer to the object itself, and a tag, which is a struct's or list's pointer
 * whose offset means nothing.
 *
 * <p>Bounds are those of the C++ implementation. Not thread-safe.
 *
 * @see <a href="https://capnproto.org/encoding.html">the encoding</a>
 */
public final class PointerCheck {
  private static final int STRUCT = 0;
  private static final int LIST = 1;
  private static final int FAR = 2;

  /** Of a list's elements. */
  private static final int BYTES = 2;

  private final MessageFraming framing;

  private long tag;
  private int segment;
  private int target;

  public PointerCheck(MessageFraming framing) {
    this.framing = framing;
  }

  /** Follows the pointer at {@code place}, a word of {@code segment}. */
  public void follow(int segment, int place) throws UndecodableMessageException {
    long pointer = framing.word(place);
    this.segment = segment;
    if (kind(pointer) != FAR) {
      land(pointer, place);
      return;
    }
    boolean doubleFar = (pointer & 4) != 0;
    int pad = landingPad(pointer, doubleFar ? 2 : 1);
    if (!doubleFar) {
      land(framing.word(pad), pad);
      return;
    }
    long objectsPlace = framing.word(pad);
    if (kind(objectsPlace) != FAR) {
      throw Defect.LANDING_PAD_NOT_FAR.exception();
    }
    target = landingPad(objectsPlace, 0);
    tag = framing.word(pad + 1);
  }

  /** Goes to the segment that {@code far} names; its word there. */
  private int landingPad(long far, int words) throws UndecodableMessageException {
    segment = (int) (far >>> 32);
    if (!framing.hasSegment(segment)) {
      throw Defect.UNKNOWN_SEGMENT.exception();
    }
    int place = framing.start(segment) + ((int) far >>> 3);
    if (place > framing.end(segment) - words) {
      if (words > 0) {
        throw Defect.LANDING_PAD_OUT_OF_BOUNDS.exception();
      }
      // Objects of no size may be anywhere.
      return framing.end(segment);
    }
    return place;
  }

  /** At the object of {@code pointer}; objects of no size may be anywhere, so out is the end. */
  private void land(long pointer, int place) {
    int object = place + 1 + ((int) pointer >> 2);
    boolean within = object >= framing.start(segment) && object <= framing.end(segment);
    tag = pointer;
    target = within ? object : framing.end(segment);
  }

  /** The segment of what was followed to. */
  public int segment() {
    return segment;
  }

  /** The first word of what was followed to. */
  public int target() {
    return target;
  }

  /** Words in the data section of the struct that was followed to. */
  public int dataWords() {
    return (int) (tag >>> 32) & 0xffff;
  }

  /** Pointers behind the data section of the struct that was followed to. */
  public int pointerCount() {
    return (int) (tag >>> 48);
  }

  /** Bytes of the text that was followed to, without its NUL. */
  public int textBytes() {
    return (int) (tag >>> 35) - 1;
  }

  /** Whether what was followed to is a struct without fields, as a null pointer's is. */
  public boolean isEmptyStruct() {
    return tag >>> 32 == 0;
  }

  public void requireStruct() throws UndecodableMessageException {
    if (kind(tag) != STRUCT) {
      throw Defect.ROOT_NOT_A_STRUCT.exception();
    }
    if (dataWords() + pointerCount() > framing.end(segment) - target) {
      throw Defect.ROOT_OUT_OF_BOUNDS.exception();
    }
  }

  public void requireText() throws UndecodableMessageException {
    if (kind(tag) != LIST) {
      throw Defect.TEXT_NOT_A_LIST.exception();
    }
    if (((int) (tag >>> 32) & 7) != BYTES) {
      throw Defect.TEXT_NOT_OF_BYTES.exception();
    }
    int bytes = textBytes() + 1;
    if ((bytes + 7) >>> 3 > framing.end(segment) - target) {
      throw Defect.TEXT_OUT_OF_BOUNDS.exception();
    }
    if (bytes == 0 || framing.byteAt(target, bytes - 1) != 0) {
      throw Defect.TEXT_NOT_TERMINATED.exception();
    }
  }

  private static int kind(long pointer) {
    return (int) pointer & 3;
  }
}
