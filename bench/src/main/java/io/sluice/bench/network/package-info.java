/**
 * Faults of the network between real processes: each {@link io.sluice.bench.network.Link} is one
 * TCP route through this JVM that can be cut, reset, delayed, stalled, or made to lose the server's
 * answers.
 */
package io.sluice.bench.network;
