package io.github.berrymse.source.v4l2;

import io.github.berrymse.v4l2.LinuxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Does in the camera lab what it is told, as one program for all scenes, since the emulated machine takes long to start one:
 * a line of standard input is an order, {@code read} for {@link ReadCamera} or {@code set} for {@link SetControls}, and its
 * arguments, divided by tabs. Says {@code done} after each. Confined to the main thread.
 */
final class LabOrders {

    /** Under emulation the first units take the JVM's class loading with them. */
    private static final int FIRST_WARM_UP_UNITS = 60;

    private static final int WARM_UP_UNITS = 5;

    private LabOrders() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int warmUpUnits = FIRST_WARM_UP_UNITS;
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            List<String> words = List.of(order.split("\t"));
            List<String> arguments = words.subList(1, words.size());
            if (words.get(0).equals("read")) {
                boolean hasRead = ReadCamera.read(arguments, warmUpUnits);
                warmUpUnits = hasRead ? WARM_UP_UNITS : warmUpUnits;
            } else {
                set(arguments);
            }
            System.out.println("done");
        }
    }

    private static void set(List<String> arguments) {
        try {
            SetControls.set(arguments);
        } catch (LinuxException e) {
            System.out.println(e.getMessage());
        }
    }
}
