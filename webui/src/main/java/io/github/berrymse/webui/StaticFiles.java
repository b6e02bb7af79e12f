package io.github.berrymse.webui;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.CRC32;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.annotations.RequireHttpWhiteboard;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Serves the bundle's {@code static} folder to pages of any origin; {@code /} is the demo page. Thread-safe.
 *
 * <p>A servlet and not a whiteboard resource, for three reasons. A browser takes ES modules from another origin only when
 * told that it may. A browser must ask again each time, so that an update is seen, and the modification times of
 * reproducibly built bundles never change: the answer to "changed?" is a checksum, the ETag (RFC 9110 8.8.3). And a
 * folder is not a file.
 */
@Component(service = Servlet.class)
@RequireHttpWhiteboard
@HttpWhiteboardServletPattern("/*")
public final class StaticFiles extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private static final Map<String, String> TYPES =
            Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null || request.getPathInfo().equals("/")
                ? "/index.html"
                : request.getPathInfo();
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        try (InputStream file = type == null ? null : StaticFiles.class.getResourceAsStream("/static" + path)) {
            if (file == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                send(file.readAllBytes(), type, request, response);
            }
        }
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Allow", METHODS);
    }

    /** Refused: HttpServlet would send the request back with its headers (RFC 9110 9.3.8). */
    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", METHODS);
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }

    private static void send(byte[] bytes, String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        String tag = "\"" + Long.toHexString(checksum.getValue()) + "\"";
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
