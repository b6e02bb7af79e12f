package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One media segment as the wire contract fixes it, byte by byte (ISO/IEC 14496-12 8.8). Immutable.
 *
 * @param bytes the whole message
 */
record FragmentBytes(byte[] bytes) {

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes);
    }

    String type(int at) {
        return new String(bytes, at, 4, StandardCharsets.US_ASCII);
    }

    int sequenceNumber() {
        return buffer().getInt(20);
    }

    long decodeTimeTicks() {
        return buffer().getLong(64);
    }

    int durationTicks() {
        return buffer().getInt(96);
    }

    int sampleSize() {
        return buffer().getInt(100);
    }

    boolean isSync() {
        return bytes[92] == 0x02;
    }

    /** Every box at its place and of its size. */
    void check() {
        ByteBuffer b = buffer();
        assertThat(b.getInt(0)).as("moof size").isEqualTo(104);
        assertThat(type(4)).isEqualTo("moof");
        assertThat(b.getInt(8)).as("mfhd size").isEqualTo(16);
        assertThat(type(12)).isEqualTo("mfhd");
        assertThat(b.getInt(24)).as("traf size").isEqualTo(80);
        assertThat(type(28)).isEqualTo("traf");
        assertThat(b.getInt(32)).as("tfhd size").isEqualTo(20);
        assertThat(type(36)).isEqualTo("tfhd");
        assertThat(b.getInt(40)).as("tfhd flags").isEqualTo(0x020020);
        assertThat(b.getInt(52)).as("tfdt size").isEqualTo(20);
        assertThat(type(56)).isEqualTo("tfdt");
        assertThat(bytes[60]).as("tfdt version").isEqualTo((byte) 1);
        assertThat(b.getInt(72)).as("trun size").isEqualTo(32);
        assertThat(type(76)).isEqualTo("trun");
        assertThat(b.getInt(80)).as("trun flags").isEqualTo(0x000305);
        assertThat(b.getInt(84)).as("sample count").isEqualTo(1);
        assertThat(b.getInt(88)).as("data offset").isEqualTo(112);
        assertThat(b.getInt(92)).as("first sample flags").isIn(0x02000000, 0x01010000);
        assertThat(b.getInt(104)).as("mdat size").isEqualTo(bytes.length - 104);
        assertThat(type(108)).isEqualTo("mdat");
        assertThat(sampleSize()).isEqualTo(bytes.length - 112);
    }

    /** All messages but the first are fragments, their sequence numbers without a gap and their times without a hole. */
    static void checkTimeline(List<byte[]> messages) {
        long expectedTicks = 0;
        for (int i = 1; i < messages.size(); i++) {
            FragmentBytes fragment = new FragmentBytes(messages.get(i));
            fragment.check();
            assertThat(fragment.sequenceNumber()).isEqualTo(i);
            assertThat(fragment.decodeTimeTicks()).isEqualTo(expectedTicks);
            expectedTicks += fragment.durationTicks();
        }
    }

    /** All fragments contiguous, and how many initialization segments there were. */
    static int checkContiguous(List<byte[]> messages) {
        long expectedTicks = 0;
        int sequenceNumber = 0;
        int inits = 0;
        boolean isAfterInit = false;
        for (byte[] message : messages) {
            if (new String(message, 4, 4, StandardCharsets.US_ASCII).equals("ftyp")) {
                inits++;
                isAfterInit = true;
                continue;
            }
            FragmentBytes fragment = new FragmentBytes(message);
            fragment.check();
            assertThat(fragment.sequenceNumber()).isEqualTo(++sequenceNumber);
            assertThat(fragment.decodeTimeTicks()).isEqualTo(expectedTicks);
            assertThat(fragment.isSync() || !isAfterInit)
                    .as("a sync sample follows its init")
                    .isTrue();
            isAfterInit = false;
            expectedTicks += fragment.durationTicks();
        }
        return inits;
    }
}
