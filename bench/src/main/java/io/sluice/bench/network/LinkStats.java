package io.sluice.bench.network;

/**
 * What a {@link Link} has carried since it was opened.
 *
 * @param accepted connections taken from clients
 * @param open connections that still have an open side
 * @param reset connections that this link has reset on purpose; not those that a client, a server
 *     or a refusing target ended
 * @param bytesToServer written to servers; what is held or thrown away does not count
 * @param bytesToClient written to clients, likewise
 * @param bytesHeld read and not yet written, at this moment
 */
public record LinkStats(
    long accepted, long open, long reset, long bytesToServer, long bytesToClient, long bytesHeld) {}
