package io.sluice.feed.anonymize;

import java.util.Arrays;

/**
 * Reads IP addresses from ASCII text, left to right. A method that succeeds leaves the position
 * behind what it read; after one that fails the position means nothing.
 *
 * <p>Strict: an octet has no leading zeros, since {@code 010} is 8 to some readers and 10 to
 * others; IPv6 is as in RFC 4291, section 2.2. Not thread-safe.
 */
final class AddressParser {
  static final int GROUP_COUNT = 8;
  static final long NOT_AN_ADDRESS = -1;

  private byte[] bytes;
  private int position;
  private int end;

  /** Starts over with other text. */
  void start(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  boolean atEnd() {
    return position == end;
  }

  /** Reads {@code expected} if it is what comes next. */
  boolean skip(char expected) {
    if (position < end && bytes[position] == expected) {
      position++;
      return true;
    }
    return false;
  }

  /** The 32 bits of a dotted IPv4 address, or {@link #NOT_AN_ADDRESS}. */
  long ipv4() {
    long address = 0;
    for (int i = 0; i < 4; i++) {
      int octet = i == 0 || skip('.') ? decimal(255) : -1;
      if (octet < 0) {
        return NOT_AN_ADDRESS;
      }
      address = address << 8 | octet;
    }
    return address;
  }

  /** A number from 0 to {@code max} without leading zeros, or -1. */
  int decimal(int max) {
    int start = position;
    int value = 0;
    while (position < end) {
      int digit = bytes[position] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
      if (value > max || (value == digit && position > start)) {
        return -1;
      }
      position++;
    }
    return position > start ? value : -1;
  }

  /**
   * Reads an IPv6 address into {@code groups}, its eight 16-bit groups; the last two may be written
   * as IPv4.
   */
  boolean ipv6(int[] groups) {
    int count = 0;
    int gap = -1;
    if (skip(':')) {
      if (!skip(':')) {
        return false;
      }
      gap = 0;
    }
    while (count < GROUP_COUNT && !(gap == count && hexDigit() < 0)) {
      int groupStart = position;
      int group = hexGroup();
      if (group < 0) {
        return false;
      }
      if (position < end && bytes[position] == '.') {
        position = groupStart;
        long tail = count <= GROUP_COUNT - 2 ? ipv4() : NOT_AN_ADDRESS;
        if (tail == NOT_AN_ADDRESS) {
          return false;
        }
        groups[count++] = (int) (tail >>> 16);
        groups[count++] = (int) (tail & 0xffff);
        break;
      }
      groups[count++] = group;
      if (count == GROUP_COUNT || !skip(':')) {
        break;
      }
      if (skip(':')) {
        if (gap >= 0) {
          return false;
        }
        gap = count;
      } else if (hexDigit() < 0) {
        return false;
      }
    }
    return gap < 0 ? count == GROUP_COUNT : fillGap(groups, count, gap);
  }

  /** Moves what follows the {@code ::} to the end; it stands for one group of zeros at least. */
  private static boolean fillGap(int[] groups, int count, int gap) {
    int zeros = GROUP_COUNT - count;
    if (zeros < 1) {
      return false;
    }
    System.arraycopy(groups, gap, groups, gap + zeros, count - gap);
    Arrays.fill(groups, gap, gap + zeros, 0);
    return true;
  }

  /** One to four hexadecimal digits, or -1. */
  private int hexGroup() {
    int start = position;
    int value = 0;
    int digit = hexDigit();
    while (digit >= 0) {
      if (position - start == 4) {
        return -1;
      }
      value = value << 4 | digit;
      position++;
      digit = hexDigit();
    }
    return position > start ? value : -1;
  }

  /** The value of the digit that comes next, not yet read, or -1. */
  private int hexDigit() {
    // A byte that is not ASCII is negative, and no digit.
    return position < end ? Character.digit(bytes[position], 16) : -1;
  }

  /**
   * A zone's name behind its {@code %}: one or more of RFC 6874's unreserved characters. In a URL
   * the sign is written {@code %25}; the 25 is then taken for the start of the name, which is
   * dropped.
   */
  boolean zoneName() {
    int start = position;
    while (position < end
        && (Character.digit(bytes[position], 36) >= 0 || "-._~".indexOf(bytes[position]) >= 0)) {
      position++;
    }
    return position > start;
  }
}
