package io.github.berrymse.source.v4l2;

import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.NamedControls;
import io.github.berrymse.v4l2.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sets a device's controls by name, and prints what was refused: for the camera lab. Confined to the main thread. */
final class SetControls {

    private SetControls() {}

    /** @param arguments the device, and {@code NAME=VALUE} for each control */
    static void set(List<String> arguments) throws LinuxException {
        Map<String, String> wanted = new TreeMap<>();
        for (String argument : arguments.subList(1, arguments.size())) {
            wanted.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        List<String> refusals = new ArrayList<>();
        try (Device device = Device.open(arguments.get(0))) {
            new NamedControls(device.controls(), new Touched(), refusals).set(wanted);
        }
        refusals.forEach(refusal -> System.out.println("refused: " + refusal));
    }
}
