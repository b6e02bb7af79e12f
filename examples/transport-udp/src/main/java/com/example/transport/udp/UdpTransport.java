package com.example.transport.udp;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.Subscription;
import io.github.berrymse.api.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Sends a camera to an address, as a byte stream (ITU-T H.264 Annex B) in datagrams. Thread-safe. */
@Component(service = Transport.class, configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
public final class UdpTransport implements Transport, Subscriber {
    private static final int DATAGRAM_BYTES = 1400;

    @interface Config {
        String host() default "127.0.0.1";

        int port() default 5004;
    }

    private final LiveStream stream;
    private final Config config;
    private final DatagramChannel channel = DatagramChannel.open();
    private final Subscription subscription;

    @Activate
    public UdpTransport(@Reference(name = "stream") LiveStream stream, Config config) throws IOException {
        this.stream = stream;
        this.config = config;
        channel.configureBlocking(false);
        channel.socket().connect(InetAddress.getByName(config.host()), config.port());
        subscription = stream.subscribe(this);
    }

    @Deactivate
    void stop() throws IOException {
        subscription.close();
        channel.close();
    }

    @Override
    public String name() {
        return "udp";
    }

    @Override
    public String address(String cameraName) {
        return cameraName.equals(stream.name()) ? "udp://" + config.host() + ":" + config.port() : null;
    }

    @Override
    public void send(Segment segment, Runnable done) {
        if (!segment.isInit()) {
            ByteBuffer unit = ByteBuffer.allocate(segment.init().bytes().limit() + segment.size());
            if (segment.isSync()) {
                putParameterSets(segment.init().bytes().duplicate(), unit);
            }
            for (ByteBuffer sample = segment.fragment().payload(); sample.hasRemaining(); ) {
                putNalUnit(sample, sample.getInt(), unit);
            }
            try {
                for (int at = 0; at < unit.position(); at += DATAGRAM_BYTES) {
                    channel.write(unit.slice(at, Math.min(DATAGRAM_BYTES, unit.position() - at)));
                }
            } catch (IOException e) {
                // nobody listens there: the picture is lost, as datagrams are
            }
        }
        done.run();
    }

    @Override
    public void ended(String reason) {}

    /** SPS and PPS, from the box avcC (ISO/IEC 14496-15 5.3.3.1) after its first five bytes. */
    private static void putParameterSets(ByteBuffer init, ByteBuffer to) {
        String boxes = StandardCharsets.ISO_8859_1.decode(init.duplicate()).toString();
        init.position(boxes.indexOf("avcC") + 9);
        for (int bitsOfCount : new int[] {0x1f, 0xff}) {
            for (int left = init.get() & bitsOfCount; left > 0; left--) {
                putNalUnit(init, init.getShort() & 0xffff, to);
            }
        }
    }

    private static void putNalUnit(ByteBuffer from, int size, ByteBuffer to) {
        to.putInt(1).put(from.slice(from.position(), size)); // after a start code of four bytes
        from.position(from.position() + size);
    }
}
