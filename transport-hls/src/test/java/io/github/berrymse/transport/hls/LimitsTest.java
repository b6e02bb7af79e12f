package io.github.berrymse.transport.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

    /** The defaults, but for what is given. */
    private static Limits limits(Map<String, Object> given) {
        return Limits.of((HlsConfig) Proxy.newProxyInstance(
                HlsConfig.class.getClassLoader(),
                new Class<?>[] {HlsConfig.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    @Test
    void defaultsAreInTheirRanges() {
        assertThat(limits(Map.of())).isEqualTo(new Limits(340, 2, 10, 6, 16 << 20, 30_000));
    }

    @Test
    void theNearestIsTakenForWhatIsOutOfRange() {
        assertThat(limits(Map.of("part_ms", 50, "target_s", 0, "target_longest_s", 99)))
                .isEqualTo(new Limits(100, 1, 30, 6, 16 << 20, 30_000));
        assertThat(limits(Map.of("target_s", 12, "window_targets", 1, "window_bytes", 1L, "idle_s", 0)))
                .isEqualTo(new Limits(340, 12, 12, 4, 1 << 20, 1000));
    }
}
