package io.sluice.feed.settings;

import java.util.Optional;

/** A setting that a job has; its jobs' enums list them. */
public interface Setting {
  /** As a default: the job finds the value by itself. */
  String AUTO = "auto";

  /** Such as {@code kafka.brokers}. */
  String key();

  /** Empty where the user has to decide. */
  Optional<String> defaultValue();

  /** For people, in a few words. */
  String meaning();

  /** For {@code kafka.brokers}, {@code SLUICE_KAFKA_BROKERS}. */
  default String environmentVariable() {
    return SettingSources.variable(key());
  }
}
