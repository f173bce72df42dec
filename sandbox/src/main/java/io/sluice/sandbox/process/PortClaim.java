package io.sluice.sandbox.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * A port that a service listens on.
 *
 * @param option the option of the command line that changes it
 */
public record PortClaim(Service service, String option, int port) {
  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  public PortClaim {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(option + " is " + port + ", must be 1 to 65535");
    }
  }

  /** Whether something listens there already, on the loopback address or on all. */
  public boolean isTaken() {
    // macOS lets a loopback listener share the port of a wildcard one: knock, then bind.
    return accepts(port) || !canBind(port);
  }

  /** The claims whose ports something else holds. */
  public static List<PortClaim> taken(List<PortClaim> claims) {
    return claims.stream().filter(PortClaim::isTaken).toList();
  }

  /** "port 9092 (kafka) is taken; choose another with --kafka-port". */
  public String describeTaken() {
    return "port " + port + " (" + service + ") is taken; choose another with " + option;
  }

  /** Whether something accepts connections on a port of this machine's loopback address. */
  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
