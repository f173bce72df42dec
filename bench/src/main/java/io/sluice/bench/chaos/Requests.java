package io.sluice.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.sandbox.proxy.AccessLog;
import java.util.List;

/**
 * The requests as the proxy logged them; what a killed proxy had in hand is not among them.
 *
 * @param all of them
 * @param accepted answered with 200
 * @param tooEarly turned away with 503, which costs the job nothing
 * @param failed all others: ClickHouse was away, or the connection broke
 * @param resends requests whose token the proxy had passed on before
 */
record Requests(
    long all, long accepted, @JsonProperty("too_early") long tooEarly, long failed, long resends) {
  private static final int OK = 200;
  private static final int TOO_EARLY = 503;

  static Requests of(List<AccessLog.Entry> log) {
    List<AccessLog.Entry> passedOn =
        log.stream().filter(request -> request.status() != TOO_EARLY).toList();
    long accepted = passedOn.stream().filter(request -> request.status() == OK).count();
    long tokens = passedOn.stream().map(AccessLog.Entry::token).distinct().count();
    return new Requests(
        log.size(),
        accepted,
        log.size() - passedOn.size(),
        passedOn.size() - accepted,
        passedOn.size() - tokens);
  }
}
