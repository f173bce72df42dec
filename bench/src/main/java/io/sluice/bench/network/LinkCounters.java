package io.sluice.bench.network;

import java.util.concurrent.atomic.AtomicLong;

/** Counted by the loop of a link, read by anyone at any time. */
final class LinkCounters {
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong open = new AtomicLong();
  final AtomicLong reset = new AtomicLong();
  final AtomicLong bytesHeld = new AtomicLong();
  final AtomicLong bytesToServer = new AtomicLong();
  final AtomicLong bytesToClient = new AtomicLong();

  LinkStats snapshot() {
    return new LinkStats(
        accepted.get(),
        open.get(),
        reset.get(),
        bytesToServer.get(),
        bytesToClient.get(),
        bytesHeld.get());
  }
}
