package io.sluice.anonymize;

import io.sluice.record.Utf8Slice;
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
  private final UrlPrivacy privacy;
  private final AddressScanner scanner = new AddressScanner();
  private byte[] output = new byte[256];
  private byte[] former = new byte[256];
  private int length;

  public UrlAnonymizer(UrlPrivacy privacy) {
    this.privacy = privacy;
  }

  /** Points {@code url} at what is to be stored, which is valid until the next call. */
  public void anonymize(Utf8Slice url) {
    if (privacy == UrlPrivacy.OFF) {
      return;
    }
    if (privacy == UrlPrivacy.QUERY) {
      url.length = pathLength(url);
    }
    // What is left of one address and what is beside it may look like another.
    while (mayHaveAddress(url) && replaceAddresses(url)) {
      url.set(output, 0, length);
    }
  }

  private static int pathLength(Utf8Slice url) {
    for (int i = 0; i < url.length; i++) {
      byte character = url.bytes[url.offset + i];
      if (character == '?' || character == '#') {
        return i;
      }
    }
    return url.length;
  }

  /** Three dots behind digits or two colons, any of them percent-encoded: most urls have fewer. */
  private static boolean mayHaveAddress(Utf8Slice url) {
    byte[] bytes = url.bytes;
    int dots = 0;
    int colons = 0;
    int former = 0;
    for (int i = url.offset, end = url.offset + url.length; i < end; i++) {
      int character = bytes[i];
      if (character == '.') {
        dots += former >= '0' && former <= '9' ? 1 : 0;
      } else if (character == ':') {
        colons++;
      } else if (character == '%') {
        dots++;
        colons++;
      }
      former = character;
    }
    return dots >= 3 || colons >= 2;
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
