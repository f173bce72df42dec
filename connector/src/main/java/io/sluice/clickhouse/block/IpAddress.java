package io.sluice.clickhouse.block;

import java.net.InetAddress;

/** Addresses as ClickHouse has them. Messages do not show any: one may identify a person. */
final class IpAddress {
  static final int IPV6_BYTES = 16;

  private IpAddress() {}

  /** {@code 1.2.3.4} is 0x01020304. */
  static long ipv4(InetAddress address) {
    byte[] bytes = ColumnBuffer.present(address).getAddress();
    if (bytes.length != Integer.BYTES) {
      throw new IllegalArgumentException("an IPv6 address, where only IPv4 fits");
    }
    long number = 0;
    for (byte b : bytes) {
      number = number << Byte.SIZE | Byte.toUnsignedLong(b);
    }
    return number;
  }

  /** Network order; IPv4 becomes {@code ::ffff:1.2.3.4}, as ClickHouse converts it. */
  static void putIpv6(InetAddress address, byte[] target, int position) {
    byte[] bytes = address.getAddress();
    int start = position + IPV6_BYTES - bytes.length;
    System.arraycopy(bytes, 0, target, start, bytes.length);
    if (bytes.length < IPV6_BYTES) {
      target[start - 1] = (byte) 0xFF;
      target[start - 2] = (byte) 0xFF;
    }
  }
}
