package io.sluice.feed.anonymize;

import io.sluice.clickhouse.block.Utf8Slice;

/**
 * Takes from a client address what identifies the client. Fails closed: what comes out is written
 * anew from the parsed number's leading bits, never copied from the text.
 *
 * <pre>
 *   1.2.3.4                        1.2.3.X           the first 24 bits
 *   2001:DB8:1:2::5                2001:db8:1::X     the first 48 bits: always three groups, lower
 *   ::1                            0:0:0::X          case, without leading zeros, so that equal
 *                                                    networks are equal texts and no others
 *   ::ffff:1.2.3.4, ::ffff:102:304 1.2.3.X           IPv4-mapped (RFC 4291)
 *   2002:102:304::5                1.2.3.X           6to4 (RFC 3056): its first 48 bits hold all
 *                                                    of an IPv4 address
 *   1.2.3.4:80, [2001:db8:1::5]:80,
 *   [::1], fe80::1%eth0                              as without port, brackets and zone
 *   anything else                  X
 * </pre>
 *
 * <p>Anything else includes the empty text, lists, host names, spaces around an address, octets
 * with leading zeros, and text that is anonymized already.
 *
 * <p>Allocates nothing. Not thread-safe.
 */
public final class IpAnonymizer {
  private static final int MAX_PORT = 65535;

  private final AddressParser parser = new AddressParser();
  private final int[] groups = new int[AddressParser.GROUP_COUNT];

  /** The longest text is ffff:ffff:ffff::X. */
  private final byte[] output = new byte[17];

  private int outputLength;

  /**
   * Points {@code address} at its anonymized form, in a buffer that the next call overwrites.
   *
   * @return whether it was an address; if not, it is {@code X} now
   */
  public boolean anonymize(Utf8Slice address) {
    outputLength = 0;
    boolean isAddress = writeNetwork(address);
    append('X');
    address.set(output, 0, outputLength);
    return isAddress;
  }

  /** Writes all but the X; nothing unless the whole text was an address. */
  private boolean writeNetwork(Utf8Slice address) {
    parser.start(address.bytes, address.offset, address.length);
    long ipv4 = parser.ipv4();
    if (ipv4 != AddressParser.NOT_AN_ADDRESS) {
      if (!portOrEnd()) {
        return false;
      }
      writeIpv4Network(ipv4);
      return true;
    }
    parser.start(address.bytes, address.offset, address.length);
    if (!wholeIpv6()) {
      return false;
    }
    if (isIpv4Mapped()) {
      writeIpv4Network((long) groups[6] << 16 | groups[7]);
    } else if (groups[0] == 0x2002) {
      writeIpv4Network((long) groups[1] << 16 | groups[2]);
    } else {
      writeIpv6Network();
    }
    return true;
  }

  private boolean wholeIpv6() {
    boolean bracketed = parser.skip('[');
    if (!parser.ipv6(groups) || (parser.skip('%') && !parser.zoneName())) {
      return false;
    }
    return bracketed ? parser.skip(']') && portOrEnd() : parser.atEnd();
  }

  private boolean portOrEnd() {
    return (!parser.skip(':') || parser.decimal(MAX_PORT) >= 0) && parser.atEnd();
  }

  private boolean isIpv4Mapped() {
    return (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0 && groups[5] == 0xffff;
  }

  private void writeIpv4Network(long address) {
    for (int shift = 24; shift > 0; shift -= 8) {
      int octet = (int) (address >>> shift) & 0xff;
      if (octet >= 100) {
        append('0' + octet / 100);
      }
      if (octet >= 10) {
        append('0' + octet / 10 % 10);
      }
      append('0' + octet % 10);
      append('.');
    }
  }

  private void writeIpv6Network() {
    for (int i = 0; i < 3; i++) {
      int group = groups[i];
      int shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0;
      for (; shift >= 0; shift -= 4) {
        append(Character.forDigit(group >>> shift & 0xf, 16));
      }
      append(':');
    }
    append(':');
  }

  private void append(int character) {
    output[outputLength++] = (byte) character;
  }
}
