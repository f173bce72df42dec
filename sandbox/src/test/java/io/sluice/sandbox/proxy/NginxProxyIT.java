package io.sluice.sandbox.proxy;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class NginxProxyIT extends ProxyContract {
  @Override
  List<String> command(ProxyConfig config, Path dir) throws IOException {
    Optional<Path> nginx = NginxProxy.find();
    if (nginx.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError("CI needs nginx, and there is none on the PATH");
      }
      abort("no nginx on the PATH; only the proxy of our own is tested");
    }
    return NginxProxy.command(nginx.orElseThrow(), dir, config);
  }
}
