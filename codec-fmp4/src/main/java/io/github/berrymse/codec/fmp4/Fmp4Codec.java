package io.github.berrymse.codec.fmp4;

import io.github.berrymse.api.Codec;
import io.github.berrymse.api.Packager;
import org.osgi.service.component.annotations.Component;

/** Fragmented MP4 for Media Source Extensions (ISO BMFF byte stream format): one access unit, one fragment. Thread-safe. */
@Component
public final class Fmp4Codec implements Codec {

    @Override
    public String name() {
        return "fmp4";
    }

    @Override
    public Packager newPackager() {
        return new Fmp4Packager();
    }
}
