package io.sluice.clickhouse.sink;

/**
 * A rule, and how to break it.
 *
 * @param file under {@code src/main/java/io/sluice/clickhouse}
 * @param text occurs once in the file
 */
record Mutation(String rule, String file, String text, String replacement) {
  private static final String QUEUE = "send/SendQueue.java";
  private static final String BATCH = "send/FrozenBatch.java";
  private static final String GATE = "sink/Gate.java";
  private static final String WRITER = "sink/ClickHouseSinkWriter.java";
  private static final String SERIALIZER = "sink/BatchStateSerializer.java";
  private static final String RULES = "http/OutcomeRules.java";
  private static final String REQUEST = "http/InsertRequest.java";
  private static final String SETTING = "http/InsertSetting.java";

  static final Mutation[] ALL = {
    new Mutation(
        "sends before the checkpoint completed",
        QUEUE,
        ".filter(each -> each.checkpoint <= completedCheckpoint)",
        ".filter(each -> each.checkpoint < NEXT_FREEZE)"),
    new Mutation(
        "takes a notification for the next checkpoint's, too",
        QUEUE,
        "Math.max(completedCheckpoint, checkpointId)",
        "Math.max(completedCheckpoint, checkpointId + 1)"),
    new Mutation(
        "takes what is stored for settled on the word of a savepoint",
        "sink/CoveringSnapshots.java",
        "if (isSavepoint) {",
        "if (id < 0) {"),
    new Mutation(
        "begins a request before it says that one is in doubt",
        "sink/ClickHouseSinkWriter.java",
        "may rely on it.\n    publish();",
        "may rely on it.\n"),
    new Mutation(
        "sends the halves of a batch at once",
        QUEUE,
        "noMoreCheckpoints ? completedCheckpoint : NEXT_FREEZE",
        "completedCheckpoint"),
    new Mutation(
        "mints a token for each request",
        "sink/Lane.java",
        "batch.token(), batch.frames()",
        "java.util.UUID.randomUUID().toString(), batch.frames()"),
    new Mutation(
        "gives a restored batch another token",
        SERIALIZER,
        "new Batch(token, blocks)",
        "new Batch(token + \"+\", blocks)"),
    new Mutation(
        "turns the blocks of a restored batch around",
        SERIALIZER,
        "blocks.add(version",
        "blocks.add(0, version"),
    new Mutation("never sends a restored batch", QUEUE, "RESTORED, true", "NEXT_FREEZE - 1, true"),
    new Mutation("lets a restored batch grow", QUEUE, "RESTORED, true", "RESTORED, false"),
    new Mutation(
        "leaves the batch in flight out of the snapshot",
        QUEUE,
        "frozen.stream().map(each -> each.batch).toList()",
        "frozen.stream().filter(each -> !each.inFlight).map(each -> each.batch).toList()"),
    new Mutation(
        "leaves open blocks out of the snapshot",
        QUEUE,
        "while (!open.isEmpty()) {",
        "while (open.size() > 1) {"),
    new Mutation(
        "lets a batch grow that may have been applied",
        BATCH,
        "return !mayBeApplied && !inFlight;",
        "return !inFlight;"),
    new Mutation(
        "lets a batch grow while it is in flight",
        BATCH,
        "return isClean() && !isSetAside() && !isRestored;",
        "return !mayBeApplied && !isSetAside() && !isRestored;"),
    new Mutation(
        "halves a batch that may have been applied",
        QUEUE,
        "if (item.mayBeApplied || !batch.canBeHalved())",
        "if (!batch.canBeHalved())"),
    new Mutation(
        "gives halves random tokens",
        "send/Batch.java",
        "UUID.nameUUIDFromBytes(name).toString()",
        "UUID.randomUUID().toString()"),
    new Mutation(
        "forgets the second half",
        QUEUE,
        "frozen.add(at + 1, new FrozenBatch(halves.get(1), checkpoint, false));",
        ""),
    new Mutation(
        "forgets that a batch may have been applied",
        BATCH,
        "mayBeApplied |= lastMayBeApplied;",
        "mayBeApplied = lastMayBeApplied;"),
    new Mutation(
        "forgets that a request is under way", BATCH, "inFlight = true;", "inFlight = false;"),
    new Mutation(
        "forgets a batch that came too early or failed",
        GATE,
        "queue.retry(batch, outcome.mayBeApplied());",
        "queue.acknowledge(batch);"),
    new Mutation(
        "forgets a refused batch",
        GATE,
        "queue.setAside(batch, outcome.mayBeApplied(), notBeforeNanos(batch));",
        "queue.acknowledge(batch);"),
    new Mutation(
        "believes what an ordinary checkpoint says of batches",
        "sink/LaneSignal.java",
        "return Boolean.TRUE.equals(stored);",
        "return stored != null;"),
    new Mutation(
        "does not believe what the savepoint of a stop says",
        BATCH,
        "if (wasNeverApplied) {",
        "if (wasNeverApplied && inFlight) {"),
    new Mutation(
        "sends what it believes to be never applied at once",
        BATCH,
        "inDoubt = false;\n      checkpoint = NEXT_FREEZE;",
        "inDoubt = false;"),
    new Mutation(
        "goes on sending after the savepoint of a stop",
        "sink/LaneBuffer.java",
        "queue.withdraw();",
        "queue.isEmpty();"),
    new Mutation(
        "never sends again after a stop that failed",
        QUEUE,
        "forEach(each -> each.checkpoint = NEXT_FREEZE);",
        "forEach(each -> each.checkpoint = NEXT_FREEZE - 1);"),
    new Mutation(
        "takes a batch in flight for one that was never applied",
        QUEUE,
        "return find(batch).isClean();",
        "return !find(batch).mayBeApplied;"),
    new Mutation(
        "does not set a refused batch aside",
        GATE,
        "queue.setAside(batch, outcome.mayBeApplied(), notBeforeNanos(batch));",
        "queue.retry(batch, outcome.mayBeApplied());"),
    new Mutation(
        "leaves a batch in front that is too large and not to be cut",
        QUEUE,
        "setAside(batch, false, notBeforeNanos);",
        "retry(batch, false);"),
    new Mutation(
        "offers one that was set aside after the other",
        QUEUE,
        "!(othersFirst && each.isSetAside())",
        "true"),
    new Mutation("does not count failures anew", GATE, "consecutiveFailures = 0;", ""),
    new Mutation(
        "lets the input end before a snapshot has its end",
        WRITER,
        "if (endIsInSnapshot && queue.isEmpty())",
        "if (lane.valve.hasInputEnded() && queue.isEmpty())"),
    new Mutation(
        "counts a rejected request as the window's",
        GATE,
        "queue.retry(batch, outcome.mayBeApplied());\n        delay(outcome);",
        "queue.retry(batch, outcome.mayBeApplied());\n        delay(outcome);"
            + " opensAtNanos = startedAtNanos + pauseNanos;"),
    new Mutation(
        "does not count an accepted request as the window's",
        GATE,
        "opensAtNanos = startedAtNanos + pauseNanos;",
        ""),
    new Mutation("ignores the window", GATE, "window.plus(GUARD).toNanos()", "GUARD.toNanos()"),
    new Mutation(
        "retries at once", GATE, "opensAtNanos = nanoTime.getAsLong() + delay.toNanos();", ""),
    new Mutation(
        "does not wait as long as the proxy asks",
        GATE,
        "consecutiveFailures, outcome.retryAfter());",
        "consecutiveFailures, Duration.ZERO);"),
    new Mutation(
        "asks a proxy again that knows no Expect",
        "http/ClickHouseClient.java",
        "return !expectWasRefused\n",
        "return true\n"),
    new Mutation(
        "counts rows when they are sent",
        "sink/SinkMetrics.java",
        "if (outcome.kind() == Kind.ACCEPTED) {",
        "if (outcome.kind() != Kind.TOO_EARLY) {"),
    new Mutation(
        "never holds the source back",
        WRITER,
        "valve.hold(whenFull == WhenFull.HOLD_SOURCE && isFull());",
        "valve.hold(false);"),
    new Mutation(
        "always blocks when it is full", WRITER, "&& queue.shrinksWithoutCheckpoint(", "&& 0 < ("),
    new Mutation("never blocks", WRITER, "whenFull == WhenFull.BLOCK", "whenFull == null"),
    new Mutation(
        "never lets the source go on",
        "hold/Valve.java",
        "released.complete(null);",
        "released.isDone();"),
    new Mutation("never lets the input end", WRITER, "valve.drained();", "valve.isHeld();"),
    new Mutation(
        "reads on while it is held back",
        "hold/HeldReader.java",
        "    if (valve.isHeld()) {\n      return InputStatus.NOTHING_AVAILABLE;",
        "    if (valve == null) {\n      return InputStatus.NOTHING_AVAILABLE;"),
    new Mutation(
        "never looks at the gate again",
        WRITER,
        "gate.untilOffer().ifPresent(this::lookAfter);",
        ""),
    new Mutation(
        "takes a 200 with ClickHouse's error for accepted",
        RULES,
        "if (answer.clickHouseCode() != NO_CODE) {",
        "if (answer.clickHouseCode() != NO_CODE && answer.httpStatus() != 200) {"),
    new Mutation(
        "takes a 200 without ClickHouse's header for accepted",
        RULES,
        "afterBody && answer.hasClickHouseHeader() &&",
        "afterBody &&"),
    new Mutation(
        "takes any 2xx for accepted",
        RULES,
        "case 4 -> Kind.REFUSED;",
        "case 2 -> Kind.ACCEPTED;\ncase 4 -> Kind.REFUSED;"),
    new Mutation(
        "takes a 200 before the body for accepted",
        RULES,
        "afterBody && answer.hasClickHouseHeader() &&",
        "answer.hasClickHouseHeader() &&"),
    new Mutation(
        "takes a 200 with a body for accepted",
        RULES,
        "answer.hasClickHouseHeader() && answer.excerpt().isEmpty()",
        "answer.hasClickHouseHeader()"),
    new Mutation(
        "takes a cut connection for accepted",
        RULES,
        "Kind.REFUSED : Kind.TRY_AGAIN;",
        "Kind.REFUSED : failure == RequestFailure.CUT ? Kind.ACCEPTED : Kind.TRY_AGAIN;"),
    new Mutation(
        "takes an unknown fate for not applied",
        RULES,
        "case TOO_EARLY, TRY_AGAIN, REFUSED, NOT_CLICKHOUSE -> bodyStarted;",
        "case TOO_EARLY, TRY_AGAIN, REFUSED, NOT_CLICKHOUSE -> false;"),
    new Mutation(
        "takes a 503 after the body for not applied",
        RULES,
        "case TOO_EARLY, TRY_AGAIN, REFUSED, NOT_CLICKHOUSE -> bodyStarted;",
        "case TOO_EARLY -> false;\ncase TRY_AGAIN, REFUSED, NOT_CLICKHOUSE -> bodyStarted;"),
    new Mutation(
        "takes what something else answered after the body for not applied",
        RULES,
        "case TOO_EARLY, TRY_AGAIN, REFUSED, NOT_CLICKHOUSE -> bodyStarted;",
        "case NOT_CLICKHOUSE -> false;\ncase TOO_EARLY, TRY_AGAIN, REFUSED -> bodyStarted;"),
    new Mutation(
        "sends other settings with each request",
        REQUEST,
        "+ InsertSetting.urlParameters()",
        "+ InsertSetting.urlParameters() + \"&log_comment=\" + System.nanoTime()"),
    new Mutation(
        "sends no token",
        REQUEST,
        "+ \"&insert_deduplication_token=\"\n        + encoded(token);",
        ";"),
    new Mutation(
        "does not have the views deduplicated",
        SETTING,
        "\"deduplicate_blocks_in_dependent_materialized_views\", \"1\"",
        "\"deduplicate_blocks_in_dependent_materialized_views\", \"0\""),
    new Mutation(
        "does not have the table deduplicated",
        SETTING,
        "\"insert_deduplicate\", \"1\"",
        "\"insert_deduplicate\", \"0\""),
  };

  @Override
  public String toString() {
    return rule;
  }
}
