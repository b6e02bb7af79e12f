package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.v4l2.ExtensionUnit.Get;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asks a unit that, as uvcvideo does, takes a value of the control's own length only. */
class XuControlQueryTest {

    private static final int EINVAL = 22;
    private static final int ENOBUFS = 105;

    private final List<String> calls = new ArrayList<>();
    private int length = 4;

    @Test
    void valueIsMadeAsLongAsTheControl() throws Exception {
        XuControlQuery unit = new XuControlQuery(this::answer);
        unit.set(9, new byte[] {1, 2, 3, 4, 5, 6});
        unit.set(9, new byte[] {7});
        assertThat(calls)
                .as("its length is asked once")
                .containsExactly("GET_LEN 9", "SET_CUR 9 01020304", "SET_CUR 9 07000000");
    }

    @Test
    void lengthIsThatOfEachControl() throws Exception {
        XuControlQuery unit = new XuControlQuery(this::answer);
        assertThat(unit.get(Get.CUR, 9)).hasSize(4);
        unit.set(9, new byte[2]);
        length = 2;
        unit.set(11, new byte[4]);
        assertThat(calls)
                .containsExactly("GET_LEN 9", "GET_CUR 9", "SET_CUR 9 00000000", "GET_LEN 11", "SET_CUR 11 0000");
    }

    @Test
    void controlThatIsNotThereIsNotSet() {
        length = -1;
        assertThatThrownBy(() -> new XuControlQuery(this::answer).set(9, new byte[2]))
                .hasMessageContaining("GET_LEN");
        assertThat(calls).containsExactly("GET_LEN 9");
    }

    private void answer(String request, int code, int selector, ByteBuffer data) throws LinuxException {
        byte[] sent = new byte[data.capacity()];
        data.duplicate().clear().get(sent);
        boolean isSet = request.equals("SET_CUR");
        calls.add(request + " " + selector + (isSet ? " " + HexFormat.of().formatHex(sent) : ""));
        if (request.equals("GET_LEN")) {
            refuseUnless(length > 0, request, EINVAL);
            data.put(0, (byte) length).put(1, (byte) 0);
        } else {
            refuseUnless(sent.length == length, request, ENOBUFS);
        }
    }

    private static void refuseUnless(boolean isSound, String request, int errno) throws LinuxException {
        if (!isSound) {
            throw new LinuxException(request, "/dev/video0", errno);
        }
    }
}
