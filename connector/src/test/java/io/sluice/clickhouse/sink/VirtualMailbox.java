package io.sluice.clickhouse.sink;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/** A task's mailbox; a mail is run when the simulation says so. */
final class VirtualMailbox implements MailboxExecutor {
  private final Queue<ThrowingRunnable<? extends Exception>> mails = new ArrayDeque<>();
  private final Runnable untilNextMail;
  private boolean closed;

  /**
   * @param untilNextMail lets the world go on until there is a mail
   */
  VirtualMailbox(Runnable untilNextMail) {
    this.untilNextMail = untilNextMail;
  }

  @Override
  public void execute(
      MailOptions options,
      ThrowingRunnable<? extends Exception> command,
      String format,
      Object... args) {
    if (closed) {
      throw new RejectedExecutionException("mailbox is closed");
    }
    mails.add(command);
  }

  @Override
  public void yield() {
    if (mails.isEmpty()) {
      untilNextMail.run();
    }
    tryYield();
  }

  /** Runs one mail, if there is one. */
  @Override
  public boolean tryYield() {
    ThrowingRunnable<? extends Exception> mail = mails.poll();
    if (mail == null) {
      return false;
    }
    try {
      mail.run();
    } catch (Exception e) {
      throw new Violation(Invariant.NO_EXCEPTION, e);
    }
    return true;
  }

  @Override
  public boolean shouldInterrupt() {
    return !mails.isEmpty();
  }

  boolean isEmpty() {
    return mails.isEmpty();
  }

  void close() {
    closed = true;
    mails.clear();
  }
}
