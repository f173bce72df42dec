package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.ops.capacity.ProxyRate;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.ProxyKind;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.ManagedService;
import io.sluice.sandbox.process.PortClaim;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.proxy.NginxProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The rate-limiting proxy in front of ClickHouse: nginx, or the sandbox's own. */
final class ProxyService implements ManagedService {
  private static final String BUILTIN_MAIN = "io.sluice.sandbox.proxy.RateLimitingProxy";

  private final Home home;
  private final Path folder;
  private final StackOptions options;

  ProxyService(Home home, Path folder, StackOptions options) {
    this.home = home;
    this.folder = folder;
    this.options = options;
  }

  @Override
  public Service service() {
    return Service.PROXY;
  }

  @Override
  public List<PortClaim> ports() {
    return options.ports().of(Service.PROXY);
  }

  @Override
  public Command prepare() {
    Optional<Path> nginx =
        options.proxy() == ProxyKind.BUILTIN ? Optional.empty() : NginxProxy.find();
    if (nginx.isEmpty() && options.proxy() == ProxyKind.NGINX) {
      throw OperatorException.failed(
          "there is no nginx on the PATH; install it, or take --proxy builtin");
    }
    return new Command(nginx.map(this::nginx).orElseGet(this::builtin));
  }

  private List<String> nginx(Path nginx) {
    try {
      return NginxProxy.command(
          nginx,
          folder,
          options.ports().proxy(),
          options.links().clickhouse(),
          ProxyRate.parse(options.proxyRate()),
          options.proxyMaxBodyBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the configuration of nginx", e);
    }
  }

  private List<String> builtin() {
    return home.sandboxJava(
        BUILTIN_MAIN,
        List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        List.of(
            "--port",
            Integer.toString(options.ports().proxy()),
            "--upstream-port",
            Integer.toString(options.links().clickhouse()),
            "--rate",
            options.proxyRate(),
            "--max-body-bytes",
            Long.toString(options.proxyMaxBodyBytes()),
            "--access-log",
            folder.resolve("access.log").toString()));
  }

  /** A connection without a request: it is the request that takes the window. */
  @Override
  public boolean isReady() {
    return PortClaim.accepts(options.ports().proxy());
  }
}
