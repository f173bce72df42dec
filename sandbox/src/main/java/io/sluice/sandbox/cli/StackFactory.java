package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Deployment;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Gives the operator's verbs, which know URLs, the stack in a folder for what no option names. */
final class StackFactory implements IFactory {
  private final IFactory usual = CommandLine.defaultFactory();

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return type == Deployment.class ? type.cast(new CommonOptions()) : usual.create(type);
  }
}
