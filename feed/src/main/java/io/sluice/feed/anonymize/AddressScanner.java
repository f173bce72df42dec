package io.sluice.feed.anonymize;

import io.sluice.clickhouse.block.Utf8Slice;

/**
 * Finds IP addresses in a url, from left to right, whether or not their characters are
 * percent-encoded. Reads each character a bounded number of times. Not thread-safe.
 */
final class AddressScanner {
  private static final int OCTETS = 4;
  private static final int MAX_GROUP_DIGITS = 4;

  /** As {@code std::vector} has no address, but {@code ip2001:db8::7} does. */
  private static final int GROUPS_WHEN_GLUED = 3;

  private static final Utf8Slice HIDDEN_OCTET = Utf8Slice.of("X");

  private final IpAnonymizer anonymizer = new IpAnonymizer();
  private final Utf8Slice ipv6Text = new Utf8Slice();

  /** The url, decoded, and where in it each character begins; one more for its end. */
  private byte[] characters = new byte[256];

  private int[] places = new int[257];
  private int count;
  private int next;

  private int from;
  private int to;
  private Utf8Slice network;

  /** Of the IPv6 address that was read last. */
  private int groups;

  void start(Utf8Slice url) {
    if (characters.length < url.length) {
      characters = new byte[2 * url.length];
      places = new int[2 * url.length + 1];
    }
    count = 0;
    next = 0;
    byte[] bytes = url.bytes;
    int end = url.offset + url.length;
    for (int i = url.offset; i < end; count++) {
      places[count] = i;
      int decoded =
          bytes[i] == '%' && i + 2 < end ? hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]) : -1;
      characters[count] = decoded < 0 ? bytes[i] : (byte) decoded;
      i += decoded < 0 ? 1 : 3;
    }
    places[count] = end;
  }

  /** Goes to the next address. */
  boolean findNext() {
    for (; next < count; next++) {
      int start = next;
      if (isIpv6At(start) || isIpv4At(start)) {
        return true;
      }
    }
    return false;
  }

  /** Of what is to be replaced, the first byte in the url. */
  int from() {
    return from;
  }

  /** The byte after its last. */
  int to() {
    return to;
  }

  /** What replaces it. */
  Utf8Slice network() {
    return network;
  }

  /** Four numbers up to 255 and a dot between each two; the last one is what is replaced. */
  private boolean isIpv4At(int start) {
    int last = isDigit(at(start - 1)) ? -1 : lastOctet(start);
    if (last < 0) {
      return false;
    }
    found(last, octetEnd(last), HIDDEN_OCTET);
    return true;
  }

  /** Where the fourth number of an IPv4 address begins, or -1. */
  private int lastOctet(int start) {
    int octet = start;
    for (int i = 1; i < OCTETS; i++) {
      int end = octetEnd(octet);
      if (end < 0 || at(end) != '.') {
        return -1;
      }
      octet = end + 1;
    }
    return octetEnd(octet) < 0 ? -1 : octet;
  }

  /** The end of a number up to 255, leading zeros included, that is no part of a longer one. */
  private int octetEnd(int start) {
    int value = 0;
    int end = start;
    for (; end < start + 3 && isDigit(at(end)); end++) {
      value = 10 * value + at(end) - '0';
    }
    return end == start || isDigit(at(end)) || value > 255 ? -1 : end;
  }

  private boolean isIpv6At(int runStart) {
    int character = at(runStart);
    boolean mayStart = character == ':' ? at(runStart + 1) == ':' : hex(character) >= 0;
    if (!mayStart || hex(at(runStart - 1)) >= 0) {
      return false;
    }
    int runEnd = runStart;
    while (hex(at(runEnd)) >= 0) {
      runEnd++;
    }
    // Of id2001:db8::7 the 2001: more than four digits are no group.
    int start = Math.max(runStart, runEnd - MAX_GROUP_DIGITS);
    int end = ipv6End(start);
    if (end < 0) {
      return false;
    }
    boolean endsInGap = at(end - 1) == ':';
    if (endsInGap && groups == 3 && at(end) == 'X') {
      // Anonymized already.
      next = end;
      return false;
    }
    boolean glued = isLetterOrDigit(at(start - 1)) || isLetterOrDigit(at(end)) || at(end) == ':';
    if (groups < (glued ? GROUPS_WHEN_GLUED : 1)) {
      return false;
    }
    ipv6Text.set(characters, start, end - start);
    anonymizer.anonymize(ipv6Text);
    found(start, end, ipv6Text);
    return true;
  }

  /**
   * The end of the longest IPv6 address that begins at {@code start}, or -1; sets {@link #groups}.
   */
  private int ipv6End(int start) {
    int end = -1;
    int read = 0;
    int position = start;
    boolean gap = false;
    groups = 0;
    if (at(position) == ':') {
      position += 2;
      gap = true;
    }
    while (read < AddressParser.GROUP_COUNT) {
      int groupEnd = groupEnd(position);
      if (groupEnd < 0) {
        break;
      }
      int last = at(groupEnd) == '.' ? lastOctet(position) : -1;
      if (last >= 0) {
        if (gap ? read > 5 : read != 6) {
          // No part of this address, but one of its own.
          break;
        }
        groups = read + 2;
        return octetEnd(last);
      }
      read++;
      position = groupEnd;
      if (gap ? read < AddressParser.GROUP_COUNT : read == AddressParser.GROUP_COUNT) {
        end = position;
        groups = read;
      }
      if (at(position) != ':' || read == AddressParser.GROUP_COUNT) {
        break;
      }
      position++;
      if (at(position) == ':') {
        if (gap || read == AddressParser.GROUP_COUNT) {
          break;
        }
        gap = true;
        position++;
        end = position;
        groups = read;
      }
    }
    return end;
  }

  /** The end of one to four hexadecimal digits that are no part of more, or -1. */
  private int groupEnd(int start) {
    int end = start;
    while (end < start + MAX_GROUP_DIGITS && hex(at(end)) >= 0) {
      end++;
    }
    return end == start || hex(at(end)) >= 0 ? -1 : end;
  }

  private void found(int first, int end, Utf8Slice replacement) {
    from = places[first];
    to = places[end];
    network = replacement;
    next = end;
  }

  /** The character there, or -1 outside of the url; not ASCII is negative, too. */
  private int at(int index) {
    return index >= 0 && index < count ? characters[index] : -1;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isLetterOrDigit(int character) {
    int lower = character | 0x20;
    return isDigit(character) || (lower >= 'a' && lower <= 'z');
  }

  /** The value of a hexadecimal digit, or -1. */
  private static int hex(int character) {
    if (isDigit(character)) {
      return character - '0';
    }
    int lower = character | 0x20;
    return character > 0 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
