package io.github.berrymse.launcher;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the metatype (OSGi Compendium 105) of a bundle says of a configuration that settings go to. */
final class Metatype {
    private static final Map<String, String> OF_PID = Map.of(
            Setting.Pids.CAMERA, "io.github.berrymse.hub.CameraConfig",
            Setting.Pids.WEB_SOCKET, "io.github.berrymse.transport.websocket.WebSocketConfig");

    /**
     * Of one property, everything as text.
     *
     * @param options the values that are allowed; none where the range tells
     */
    record Attribute(
            String type, String description, String defaultText, String minimum, String maximum, List<String> options) {
        static Attribute of(Element element) {
            NodeList options = element.getElementsByTagName("Option");
            return new Attribute(
                    element.getAttribute("type"),
                    element.getAttribute("description"),
                    element.getAttribute("default"),
                    element.getAttribute("min"),
                    element.getAttribute("max"),
                    IntStream.range(0, options.getLength())
                            .mapToObj(i -> ((Element) options.item(i)).getAttribute("value"))
                            .toList());
        }
    }

    private Metatype() {}

    static boolean isOf(String pid) {
        return OF_PID.containsKey(pid);
    }

    /** Each property of a configuration. */
    static Map<String, Attribute> of(String pid) throws Exception {
        try (InputStream in = Metatype.class.getResourceAsStream("/OSGI-INF/metatype/" + OF_PID.get(pid) + ".xml")) {
            NodeList elements = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("AD");
            Map<String, Attribute> attributes = new HashMap<>();
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                attributes.put(element.getAttribute("id"), Attribute.of(element));
            }
            return attributes;
        }
    }
}
