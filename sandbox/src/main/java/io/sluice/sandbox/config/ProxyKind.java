package io.sluice.sandbox.config;

/** Which rate-limiting proxy to start. */
public enum ProxyKind {
  /** nginx where there is one, else the built-in. */
  AUTO,
  NGINX,
  /** The sandbox's own, with nginx's behaviour. */
  BUILTIN
}
