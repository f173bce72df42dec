package io.sluice.feed.anonymize;

import io.sluice.clickhouse.block.Utf8Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Takes from a url the addresses in it, by the rules of {@link IpAnonymizer}: four decimal numbers
 * up to 255 with dots between them lose the last one, whatever is around them; an IPv6 address
 * keeps its first 48 bits. Any of their characters may be percent-encoded. All else stays, byte for
 * byte.
 *
 * <pre>
 *   /?ip=1.2.3.4&amp;v=1.2.3         /?ip=1.2.3.X&amp;v=1.2.3
 *   /v1.2.3.4/10.20.30.40.50     /v1.2.3.X/10.20.30.X.50       fail closed: versions of four numbers, too
 *   /1%2E2%2e3.%34               /1%2E2%2e3.X
 *   /[2001:db8::7]:80/           /[2001:db8:0::X]:80/
 *   /ip2001%3Adb8%3A%3A7.html    /ip2001:db8:0::X.html
 *   /?a=::ffff:1.2.3.4           /?a=1.2.3.X
 * </pre>
 *
 * <p>Where a letter or a colon is right beside it, an IPv6 address has to have three groups, since
 * {@code std::vector} has one too. Not seen: addresses written as one number, in hexadecimal, in
 * base64, as a hash or encoded twice, and names of hosts.
 *
 * <p>Allocates nothing but buffers, which it keeps. Not thread-safe.
 */
public final class UrlAnonymizer {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
  private static final long HIGHEST_BITS = ~LOW_BITS;

  private final UrlPrivacy privacy;
  private final boolean withoutQuery;
  private final AddressScanner scanner = new AddressScanner();
  private byte[] output = new byte[256];
  private byte[] former = new byte[256];
  private int length;

  public UrlAnonymizer(UrlPrivacy privacy) {
    this.privacy = privacy;
    this.withoutQuery = privacy == UrlPrivacy.QUERY;
  }

  /** Points {@code url} at what is to be stored, which is valid until the next call. */
  public void anonymize(Utf8Slice url) {
    if (privacy == UrlPrivacy.OFF) {
      return;
    }
    // What is left of one address and what is beside it may look like another.
    while (mayHaveAddress(url) && replaceAddresses(url)) {
      url.set(output, 0, length);
    }
  }

  /**
   * Three dots behind digits or two colons, any of them percent-encoded: most urls have fewer. Cuts
   * off query and fragment, where they are not to be stored. Eight bytes at a time; what is true of
   * a byte is in its highest bit.
   */
  private boolean mayHaveAddress(Utf8Slice url) {
    byte[] bytes = url.bytes;
    int end = url.offset + url.length;
    int dots = 0;
    int colons = 0;
    int percents = 0;
    long formerDigit = 0;
    for (int i = url.offset; i < end; i += Long.BYTES) {
      long word = i <= end - Long.BYTES ? (long) WORD.get(bytes, i) : rest(bytes, i, end);
      if (withoutQuery) {
        long ends = equal(word, '?') | equal(word, '#');
        if (ends != 0) {
          // The lowest of them is right.
          int pathBits = Long.numberOfTrailingZeros(ends) & -Byte.SIZE;
          word &= (1L << pathBits) - 1;
          end = i + pathBits / Byte.SIZE;
          url.length = end - url.offset;
        }
      }
      long digits = digits(word);
      dots += Long.bitCount(equal(word, '.') & ((digits << Byte.SIZE) | formerDigit));
      colons += Long.bitCount(equal(word, ':'));
      percents += Long.bitCount(equal(word, '%'));
      formerDigit = digits >>> (Long.SIZE - Byte.SIZE);
    }
    return dots + percents >= 3 || colons + percents >= 2;
  }

  /** Less than eight bytes, the first one lowest, and zeros. */
  private static long rest(byte[] bytes, int from, int end) {
    int before = Long.BYTES - (end - from);
    if (before <= from) {
      // With what is before them in the array, which is shifted out.
      return (long) WORD.get(bytes, from - before) >>> (before * Byte.SIZE);
    }
    long rest = 0;
    for (int i = end - 1; i >= from; i--) {
      rest = (rest << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return rest;
  }

  /** May also be true of the byte behind one that is equal; an address too many is looked for. */
  private static long equal(long word, char character) {
    long differing = word ^ (character * EACH_BYTE);
    return (differing - EACH_BYTE) & ~differing & HIGHEST_BITS;
  }

  private static long digits(long word) {
    long low = word & LOW_BITS;
    long notBelow = low + (0x80 - '0') * EACH_BYTE;
    long above = low + (0x80 - ('9' + 1)) * EACH_BYTE;
    return notBelow & ~above & ~word & HIGHEST_BITS;
  }

  /** Writes the url without the addresses in it; whether there were any. */
  private boolean replaceAddresses(Utf8Slice url) {
    scanner.start(url);
    byte[] swapped = former;
    former = output;
    output = swapped;
    length = 0;
    int copied = url.offset;
    while (scanner.findNext()) {
      copy(url.bytes, copied, scanner.from());
      append(scanner.network());
      copied = scanner.to();
    }
    if (copied == url.offset) {
      return false;
    }
    copy(url.bytes, copied, url.offset + url.length);
    return true;
  }

  private void append(Utf8Slice text) {
    copy(text.bytes, text.offset, text.offset + text.length);
  }

  private void copy(byte[] bytes, int from, int to) {
    if (output.length - length < to - from) {
      output = Arrays.copyOf(output, 2 * (length + to - from));
    }
    System.arraycopy(bytes, from, output, length, to - from);
    length += to - from;
  }
}
