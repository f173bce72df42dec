package io.sluice.ops.deadletters;

/** What has become of a dead letter. */
public enum Standing {
  WAITING("waits to be replayed"),
  REPLAYED("replayed"),
  /** It waits only if asked for. */
  CAME_BACK("was replayed before, and came back: it cannot be decoded yet"),
  INCOMPLETE("cannot be replayed: the whole message is not here");

  private final String words;

  Standing(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
