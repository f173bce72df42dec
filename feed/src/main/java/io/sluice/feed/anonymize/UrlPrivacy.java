package io.sluice.feed.anonymize;

/** What of a url is not stored. */
public enum UrlPrivacy {
  /** Nothing: urls are stored as they came. */
  OFF,
  /** The last part of IP addresses in it. */
  ADDRESSES,
  /** Query and fragment, and the last part of IP addresses in what is left. */
  QUERY
}
