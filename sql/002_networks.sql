-- Addresses are grouped by network, and a number is sorted and grouped faster than a text. The key
-- holds both kinds: 0 is everything that is not an address ('X'), 2^48 plus 24 bits is an IPv4 network,
-- 2^49 plus 48 bits is an IPv6 network. ADR 3 says which bits an anonymized address keeps; an
-- address that is not anonymized gets the key of its network, so the totals never hold more. The
-- branch for 2002: is 6to4, whose first 48 bits hold a whole IPv4 address.
--
-- Functions have no database. They are written into the tables and views that use them when those
-- are created.
CREATE OR REPLACE FUNCTION networkOfAddress AS (address) -> multiIf(
    isIPv4String(replaceOne(address, 'X', '0')),
    bitOr(0x1000000000000, bitShiftRight(toUInt64(IPv4StringToNumOrDefault(replaceOne(address, 'X', '0'))), 8)),
    startsWith(address, '2002:') AND isIPv6String(replaceOne(address, 'X', '')),
    bitOr(0x1000000000000, bitAnd(toUInt64(bitShiftRight(reinterpretAsUInt128(reverse(IPv6StringToNumOrDefault(replaceOne(address, 'X', '')))), 88)), 0xffffff)),
    isIPv6String(replaceOne(address, 'X', '')),
    bitOr(0x2000000000000, toUInt64(bitShiftRight(reinterpretAsUInt128(reverse(IPv6StringToNumOrDefault(replaceOne(address, 'X', '')))), 80))),
    0);

-- The other way: 1.2.3.X, 2001:db8:1::X, or X.
CREATE OR REPLACE FUNCTION addressOfNetwork AS (network) -> multiIf(
    bitShiftRight(network, 48) = 1,
    concat(toString(bitAnd(bitShiftRight(network, 16), 255)), '.', toString(bitAnd(bitShiftRight(network, 8), 255)), '.', toString(bitAnd(network, 255)), '.X'),
    bitShiftRight(network, 48) = 2,
    printf('%x:%x:%x::X', bitAnd(bitShiftRight(network, 32), 65535), bitAnd(bitShiftRight(network, 16), 65535), bitAnd(network, 65535)),
    'X');
