package io.github.berrymse.launcher;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the hub's metatype (OSGi Compendium 105) says of a camera's configuration. */
final class Metatype {
    private static final String CAMERA = "/OSGI-INF/metatype/io.github.berrymse.hub.CameraConfig.xml";

    private Metatype() {}

    /** The default of each property of a camera, as text. */
    static Map<String, String> cameraDefaults() throws Exception {
        try (InputStream in = Metatype.class.getResourceAsStream(CAMERA)) {
            NodeList attributes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("AD");
            Map<String, String> defaults = new HashMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                Element attribute = (Element) attributes.item(i);
                defaults.put(attribute.getAttribute("id"), attribute.getAttribute("default"));
            }
            return defaults;
        }
    }
}
