package io.sluice.sandbox.cli;

import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Other defaults for options that a verb shares with others. */
public abstract class DefaultsOf implements IDefaultValueProvider {
  private final Map<String, String> defaults;

  /**
   * @param defaults by the option's name, such as {@code --proxy-rate}
   */
  public DefaultsOf(Map<String, String> defaults) {
    this.defaults = Map.copyOf(defaults);
  }

  /** Null, for the option's own default, if there is no other. */
  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? defaults.get(option.longestName()) : null;
  }
}
