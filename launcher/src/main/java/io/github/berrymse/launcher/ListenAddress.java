package io.github.berrymse.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the server listens: {@code host:port}, {@code [::]:port} or {@code :port}. Immutable.
 *
 * @param host a name or address without brackets; empty for all addresses
 * @param port 1 to 65535
 */
record ListenAddress(String host, int port) {
    static final String DEFAULT = "localhost:2020";
    private static final String IN_USE = "in use";

    /** @throws IllegalArgumentException one sentence, when it is none of these */
    static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || host.contains(":") && !isBracketed) {
            throw ValueType.wrong(text, "not host:port, such as 0.0.0.0:2020, [::]:2020 or :2020");
        }
        String port = text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw ValueType.wrong(text, "without a port from 1 to 65535 after its colon");
        }
        return new ListenAddress(isBracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    /**
     * Finds out now what the web server would only log.
     *
     * @param held where this program listens already, which does not count as in use; or null
     * @throws UsageException with the remedy
     */
    void check(ListenAddress held) throws UsageException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(), port));
        } catch (UnknownHostException e) {
            throw new UsageException(1, "cannot listen on " + this + ": there is no host named " + host);
        } catch (BindException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.contains(IN_USE) || held == null || !overlaps(held)) {
                throw new UsageException(1, "cannot listen on " + this + ": " + remedy(reason));
            }
        } catch (IOException e) {
            throw new UsageException(1, "cannot listen on " + this + ": " + e.getMessage());
        }
    }

    /** Whether one cannot listen on both. */
    private boolean overlaps(ListenAddress other) {
        try {
            return port == other.port
                    && (address().isAnyLocalAddress()
                            || other.address().isAnyLocalAddress()
                            || address().equals(other.address()));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private InetAddress address() throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(host);
    }

    private static String remedy(String reason) {
        if (reason.contains(IN_USE)) {
            return "the port is in use; stop the other program, or choose another port with -l or server.url";
        }
        if (reason.contains("ermission")) {
            return "ports below 1024 need rights; choose another with -l or server.url, run as root, or allow it once with "
                    + "'sysctl net.ipv4.ip_unprivileged_port_start=80'";
        }
        return reason + "; this machine has no such address; choose another with -l or server.url";
    }

    /** A host by which this machine reaches the server. */
    String reachableHost() {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    }

    /** What to open in a browser on this machine. */
    String url() {
        String shown = reachableHost();
        return "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + (port == 80 ? "" : ":" + port) + "/";
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
