package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.ops.capacity.ProxyRate;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.ProxyKind;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.LocalPorts;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
import io.sluice.sandbox.proxy.NginxProxy;
import io.sluice.sandbox.proxy.ProxyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The rate-limiting proxy in front of ClickHouse: nginx, or the sandbox's own. */
final class ProxyProcess extends ServiceProcess {
  private static final String BUILTIN_MAIN = "io.sluice.sandbox.proxy.RateLimitingProxy";

  private final Home home;
  private final StackOptions options;

  ProxyProcess(Home home, Path folder, StackOptions options) {
    super(Service.PROXY, folder, options.ports().of(Service.PROXY));
    this.home = home;
    this.options = options;
  }

  @Override
  protected Command prepare() {
    Optional<Path> nginx =
        options.proxy() == ProxyKind.BUILTIN ? Optional.empty() : NginxProxy.find();
    if (nginx.isEmpty() && options.proxy() == ProxyKind.NGINX) {
      throw OperatorException.failed(
          "there is no nginx on the PATH; install it, or take --proxy builtin");
    }
    return nginx.map(this::nginx).orElseGet(this::builtin);
  }

  private Command nginx(Path nginx) {
    ProxyConfig config =
        new ProxyConfig(
            options.ports().proxy(),
            options.links().clickhouse(),
            ProxyRate.parse(options.proxyRate()),
            options.proxyMaxBodyBytes(),
            ProxyConfig.DEFAULT_UPSTREAM_TIMEOUT);
    return new Command(NginxProxy.command(nginx, folder(), config));
  }

  private Command builtin() {
    return home.sandboxJava(
        BUILTIN_MAIN,
        List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        List.of(
            "--port", Integer.toString(options.ports().proxy()),
            "--upstream-port", Integer.toString(options.links().clickhouse()),
            "--rate", options.proxyRate(),
            "--max-body-bytes", Long.toString(options.proxyMaxBodyBytes()),
            "--access-log", folder().resolve("access.log").toString()));
  }

  /** A connection without a request: it is the request that takes the window. */
  @Override
  protected boolean answers() {
    return LocalPorts.accepts(options.ports().proxy());
  }
}
