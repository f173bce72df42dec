package io.sluice.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.sandbox.proxy.AccessLog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The requests as the proxy logged them; what a killed proxy had in hand is not among them.
 *
 * @param all of them
 * @param accepted answered with 200
 * @param tooEarly turned away with 503, which costs the job nothing
 * @param failed all others: ClickHouse was away, or the connection broke
 * @param resends requests whose token the proxy had passed on before
 */
public record Requests(
    long all, long accepted, @JsonProperty("too_early") long tooEarly, long failed, long resends) {
  private static final int OK = 200;
  private static final int TOO_EARLY = 503;

  static Requests of(List<AccessLog.Entry> log) {
    long accepted = 0;
    long tooEarly = 0;
    long resends = 0;
    Set<String> passedOn = new HashSet<>();
    for (AccessLog.Entry request : log) {
      if (request.status() == TOO_EARLY) {
        tooEarly++;
        continue;
      }
      accepted += request.status() == OK ? 1 : 0;
      resends += passedOn.add(request.token()) ? 0 : 1;
    }
    return new Requests(log.size(), accepted, tooEarly, log.size() - accepted - tooEarly, resends);
  }
}
