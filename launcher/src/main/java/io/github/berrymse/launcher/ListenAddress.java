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

    static ListenAddress parse(String text) throws UsageException {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || host.contains(":") && !isBracketed) {
            throw new UsageException(2, "'" + text + "' is not host:port, such as 0.0.0.0:2020, [::]:2020 or :2020");
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 1 && port <= 65535) {
                return new ListenAddress(isBracketed ? host.substring(1, host.length() - 1) : host, port);
            }
        } catch (NumberFormatException e) {
            // falls through to the sentence below
        }
        throw new UsageException(2, "'" + text + "' has no port from 1 to 65535 after its colon");
    }

    /** Finds out now what the web server would only log: @throws UsageException with the remedy */
    void check() throws UsageException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(), port));
        } catch (UnknownHostException e) {
            throw new UsageException(1, "cannot listen on " + this + ": there is no host named " + host);
        } catch (BindException e) {
            throw new UsageException(1, "cannot listen on " + this + ": " + remedy(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UsageException(1, "cannot listen on " + this + ": " + e.getMessage());
        }
    }

    private InetAddress address() throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(host);
    }

    private static String remedy(String reason) {
        if (reason.contains("in use")) {
            return "the port is in use; stop the other program or choose another port with -l";
        }
        if (reason.contains("ermission")) {
            return "ports below 1024 need rights; choose another with -l, run as root, or allow it once with "
                    + "'sysctl net.ipv4.ip_unprivileged_port_start=80'";
        }
        return reason + "; this machine has no such address, choose another with -l";
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
