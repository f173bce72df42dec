-- See ../002_networks.sql. The functions are needed on every server.
CREATE OR REPLACE FUNCTION networkOfAddress ON CLUSTER '{cluster}' AS (address) -> multiIf(
    isIPv4String(replaceOne(address, 'X', '0')),
    bitOr(0x1000000000000, bitShiftRight(toUInt64(IPv4StringToNumOrDefault(replaceOne(address, 'X', '0'))), 8)),
    startsWith(address, '2002:') AND isIPv6String(replaceOne(address, 'X', '')),
    bitOr(0x1000000000000, bitAnd(toUInt64(bitShiftRight(reinterpretAsUInt128(reverse(IPv6StringToNumOrDefault(replaceOne(address, 'X', '')))), 88)), 0xffffff)),
    isIPv6String(replaceOne(address, 'X', '')),
    bitOr(0x2000000000000, toUInt64(bitShiftRight(reinterpretAsUInt128(reverse(IPv6StringToNumOrDefault(replaceOne(address, 'X', '')))), 80))),
    0);

CREATE OR REPLACE FUNCTION addressOfNetwork ON CLUSTER '{cluster}' AS (network) -> multiIf(
    bitShiftRight(network, 48) = 1,
    concat(toString(bitAnd(bitShiftRight(network, 16), 255)), '.', toString(bitAnd(bitShiftRight(network, 8), 255)), '.', toString(bitAnd(network, 255)), '.X'),
    bitShiftRight(network, 48) = 2,
    printf('%x:%x:%x::X', bitAnd(bitShiftRight(network, 32), 65535), bitAnd(bitShiftRight(network, 16), 65535), bitAnd(network, 65535)),
    'X');
