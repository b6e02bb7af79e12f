package io.github.berrymse.v4l2;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** An extension unit as uvcvideo gives access to it: UVCIOC_CTRL_QUERY. Confined to the device's thread. */
final class XuControlQuery implements ExtensionUnit {

    private static final Uvcvideo UVC = Uvcvideo.HERE;
    private static final int SET_CUR = 0x01;
    private static final int LENGTH_SIZE = 2;
    private static final int INFO_SIZE = 1;

    private final Call call;
    private final Map<Integer, Integer> lengths = new HashMap<>();

    /** One request to the unit. Confined to the device's thread. */
    @FunctionalInterface
    interface Call {

        /** @param data direct; as long as the control, or as the answer to GET_LEN and GET_INFO */
        void make(String request, int code, int selector, ByteBuffer data) throws LinuxException;
    }

    XuControlQuery(Device device, int unit) {
        this((request, code, selector, data) -> query(device, unit, request, code, selector, data));
    }

    XuControlQuery(Call call) {
        this.call = call;
    }

    @Override
    public byte[] get(Get request, int selector) throws LinuxException {
        int size =
                switch (request) {
                    case LEN -> LENGTH_SIZE;
                    case INFO -> INFO_SIZE;
                    default -> length(selector);
                };
        ByteBuffer data = ByteBuffer.allocateDirect(size);
        call.make(request.toString(), request.code, selector, data);
        byte[] value = new byte[size];
        data.get(value);
        return value;
    }

    @Override
    public void set(int selector, byte[] value) throws LinuxException {
        byte[] whole = Arrays.copyOf(value, length(selector));
        call.make(
                "SET_CUR",
                SET_CUR,
                selector,
                ByteBuffer.allocateDirect(whole.length).put(whole));
    }

    private int length(int selector) throws LinuxException {
        Integer known = lengths.get(selector);
        if (known == null) {
            ByteBuffer length = ByteBuffer.wrap(get(Get.LEN, selector)).order(ByteOrder.LITTLE_ENDIAN);
            known = length.getShort() & 0xFFFF;
            lengths.put(selector, known);
        }
        return known;
    }

    private static void query(Device device, int unit, String request, int code, int selector, ByteBuffer data)
            throws LinuxException {
        ByteBuffer a = device.argument();
        a.put(UVC.query.unit, (byte) unit).put(UVC.query.selector, (byte) selector);
        a.put(UVC.query.query, (byte) code).putShort(UVC.query.size, (short) data.capacity());
        Memory.putAddress(a, UVC.query.data, data);
        try {
            device.ioctl(new Ioctl(request + " of selector " + selector, UVC.ctrlQuery.number()), a);
        } finally {
            Reference.reachabilityFence(data);
        }
    }
}
