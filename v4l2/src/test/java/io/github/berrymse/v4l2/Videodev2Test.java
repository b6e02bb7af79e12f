package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins the computed numbers and offsets: against known values for both layouts, and against the kernel's header. */
class Videodev2Test {

    private static final Videodev2 BITS64 = new Videodev2(8);
    private static final Videodev2 BITS32 = new Videodev2(4);

    @TempDir
    Path folder;

    @Test
    void numbersAreThoseOf64BitLinux() {
        assertThat(hex(ioctls(8)))
                .isEqualTo("VIDIOC_QUERYCAP 80685600, VIDIOC_ENUM_FMT c0405602, VIDIOC_G_FMT c0d05604, "
                        + "VIDIOC_S_FMT c0d05605, VIDIOC_REQBUFS c0145608, VIDIOC_QUERYBUF c0585609, "
                        + "VIDIOC_QBUF c058560f, VIDIOC_DQBUF c0585611, VIDIOC_STREAMON 40045612, "
                        + "VIDIOC_STREAMOFF 40045613, VIDIOC_G_PARM c0cc5615, VIDIOC_S_PARM c0cc5616, "
                        + "VIDIOC_G_CTRL c008561b, VIDIOC_S_CTRL c008561c, VIDIOC_QUERYCTRL c0445624, "
                        + "VIDIOC_QUERYMENU c02c5625, VIDIOC_G_EXT_CTRLS c0205647, VIDIOC_S_EXT_CTRLS c0205648, "
                        + "VIDIOC_QUERY_EXT_CTRL c0e85667, VIDIOC_ENUM_FRAMESIZES c02c564a, "
                        + "VIDIOC_ENUM_FRAMEINTERVALS c034564b, UVCIOC_CTRL_QUERY c0107521");
    }

    @Test
    void numbersOf32BitLinuxDifferWhereAStructHoldsAPointer() {
        Map<String, Integer> differing = ioctls(4);
        differing.entrySet().removeAll(ioctls(8).entrySet());
        assertThat(hex(differing))
                .isEqualTo("VIDIOC_G_FMT c0cc5604, VIDIOC_S_FMT c0cc5605, VIDIOC_QUERYBUF c0505609, "
                        + "VIDIOC_QBUF c050560f, VIDIOC_DQBUF c0505611, VIDIOC_G_EXT_CTRLS c0185647, "
                        + "VIDIOC_S_EXT_CTRLS c0185648, UVCIOC_CTRL_QUERY c00c7521");
    }

    @Test
    void bufferHasItsFieldsWhereBothLayoutsHaveThem() {
        assertThat(bufferOffsets(BITS64.buffer)).containsExactly(0, 4, 8, 12, 16, 24, 32, 40, 56, 60, 64, 72, 80, 88);
        assertThat(bufferOffsets(BITS32.buffer)).containsExactly(0, 4, 8, 12, 16, 24, 32, 40, 56, 60, 64, 68, 76, 80);
    }

    @Test
    void formatBeginsBehindThePaddingOfItsUnion() {
        assertThat(BITS64.format.width).isEqualTo(8);
        assertThat(BITS32.format.width).isEqualTo(4);
    }

    @Test
    void extendedControlsHaveTheirFieldsWhereBothLayoutsHaveThem() {
        for (Videodev2 bits : new Videodev2[] {BITS64, BITS32}) {
            assertThat(new int[] {
                        bits.queryextctrl.minimum,
                        bits.queryextctrl.flags,
                        bits.queryextctrl.nrOfDims,
                        bits.queryextctrl.size(),
                        bits.extcontrol.value,
                        bits.extcontrol.size()
                    })
                    .containsExactly(40, 72, 84, 232, 12, 20);
        }
        assertThat(BITS64.extcontrols.controls).isEqualTo(24);
        assertThat(BITS32.extcontrols.controls).isEqualTo(20);
    }

    @Test
    void agreesWithTheHeaderOfThisMachine() throws Exception {
        Map<String, Integer> ours = ioctls(8);
        ours.putAll(offsets(BITS64));
        ours.putAll(offsetsOfControls(BITS64));
        ours.putAll(offsetsOfModesAndUvc(BITS64));
        String program = "#include <stddef.h>\n#include <stdio.h>\n#include <linux/videodev2.h>\n"
                + "#include <linux/uvcvideo.h>\nint main(void) {\n"
                + ours.keySet().stream()
                        .map(name -> "printf(\"%s=%u\\n\", \"" + name + "\", (unsigned) " + expression(name) + ");\n")
                        .collect(Collectors.joining())
                + "return 0; }\n";
        assertThat(printedBy(program))
                .isEqualTo(ours.entrySet().stream()
                        .map(e -> e.getKey() + "=" + Integer.toUnsignedString(e.getValue()) + "\n")
                        .collect(Collectors.joining()));
    }

    private static Map<String, Integer> ioctls(int pointerSize) {
        Videodev2 v = new Videodev2(pointerSize);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (Ioctl ioctl : new Ioctl[] {
            v.querycap, v.enumFmt, v.gFmt, v.sFmt, v.reqbufs, v.querybuf, v.qbuf, v.dqbuf,
            v.streamon, v.streamoff, v.gParm, v.sParm, v.gCtrl, v.sCtrl, v.queryCtrl, v.queryMenu,
            v.gExtCtrls, v.sExtCtrls, v.queryExtCtrl, v.enumFrameSizes, v.enumFrameIntervals,
                    new Uvcvideo(pointerSize).ctrlQuery
        }) {
            numbers.put(ioctl.name(), ioctl.number());
        }
        return numbers;
    }

    private static int[] bufferOffsets(Videodev2.Buffer b) {
        return new int[] {
            b.index,
            b.type,
            b.bytesused,
            b.flags,
            b.field,
            b.seconds,
            b.microseconds,
            b.timecode,
            b.sequence,
            b.memory,
            b.offset,
            b.length,
            b.requestFd,
            b.size()
        };
    }

    private static Map<String, Integer> offsets(Videodev2 v) {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        offsets.put("v4l2_capability.driver", v.capability.driver);
        offsets.put("v4l2_capability.card", v.capability.card);
        offsets.put("v4l2_capability.bus_info", v.capability.busInfo);
        offsets.put("v4l2_capability.capabilities", v.capability.capabilities);
        offsets.put("v4l2_capability.device_caps", v.capability.deviceCaps);
        offsets.put("v4l2_fmtdesc.flags", v.fmtdesc.flags);
        offsets.put("v4l2_fmtdesc.description", v.fmtdesc.description);
        offsets.put("v4l2_fmtdesc.pixelformat", v.fmtdesc.pixelformat);
        offsets.put("v4l2_format.fmt.pix.width", v.format.width);
        offsets.put("v4l2_format.fmt.pix.height", v.format.height);
        offsets.put("v4l2_format.fmt.pix.pixelformat", v.format.pixelformat);
        offsets.put("v4l2_format.fmt.pix.field", v.format.field);
        offsets.put("v4l2_format.fmt.pix.sizeimage", v.format.sizeimage);
        offsets.put("v4l2_streamparm.parm.capture.timeperframe.numerator", v.streamparm.numerator);
        offsets.put("v4l2_streamparm.parm.capture.timeperframe.denominator", v.streamparm.denominator);
        offsets.put("v4l2_requestbuffers.memory", v.requestbuffers.memory);
        offsets.put("v4l2_buffer.bytesused", v.buffer.bytesused);
        offsets.put("v4l2_buffer.flags", v.buffer.flags);
        offsets.put("v4l2_buffer.timestamp", v.buffer.seconds);
        offsets.put("v4l2_buffer.timestamp.tv_usec", v.buffer.microseconds);
        offsets.put("v4l2_buffer.sequence", v.buffer.sequence);
        offsets.put("v4l2_buffer.memory", v.buffer.memory);
        offsets.put("v4l2_buffer.m.offset", v.buffer.offset);
        offsets.put("v4l2_buffer.length", v.buffer.length);
        return offsets;
    }

    private static Map<String, Integer> offsetsOfControls(Videodev2 v) {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        offsets.put("v4l2_queryctrl.minimum", v.queryctrl.minimum);
        offsets.put("v4l2_queryctrl.default_value", v.queryctrl.defaultValue);
        offsets.put("v4l2_queryctrl.flags", v.queryctrl.flags);
        offsets.put("v4l2_querymenu.name", v.querymenu.name);
        offsets.put("v4l2_control.value", v.control.value);
        offsets.put("v4l2_query_ext_ctrl.type", v.queryextctrl.type);
        offsets.put("v4l2_query_ext_ctrl.name", v.queryextctrl.name);
        offsets.put("v4l2_query_ext_ctrl.minimum", v.queryextctrl.minimum);
        offsets.put("v4l2_query_ext_ctrl.maximum", v.queryextctrl.maximum);
        offsets.put("v4l2_query_ext_ctrl.step", v.queryextctrl.step);
        offsets.put("v4l2_query_ext_ctrl.default_value", v.queryextctrl.defaultValue);
        offsets.put("v4l2_query_ext_ctrl.flags", v.queryextctrl.flags);
        offsets.put("v4l2_query_ext_ctrl.elems", v.queryextctrl.elems);
        offsets.put("v4l2_query_ext_ctrl.nr_of_dims", v.queryextctrl.nrOfDims);
        offsets.put("v4l2_ext_control.size", v.extcontrol.sizeOfPointedTo);
        offsets.put("v4l2_ext_control.value", v.extcontrol.value);
        offsets.put("v4l2_ext_control.value64", v.extcontrol.value);
        offsets.put("v4l2_ext_control.string", v.extcontrol.value);
        offsets.put("sizeof(struct v4l2_ext_control)", v.extcontrol.size());
        offsets.put("v4l2_ext_controls.count", v.extcontrols.count);
        offsets.put("v4l2_ext_controls.controls", v.extcontrols.controls);
        return offsets;
    }

    private static Map<String, Integer> offsetsOfModesAndUvc(Videodev2 v) {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        offsets.put("v4l2_frmsizeenum.type", v.frmsizeenum.type);
        offsets.put("v4l2_frmsizeenum.discrete.width", v.frmsizeenum.width);
        offsets.put("v4l2_frmsizeenum.discrete.height", v.frmsizeenum.height);
        offsets.put("v4l2_frmsizeenum.stepwise.min_width", v.frmsizeenum.minWidth);
        offsets.put("v4l2_frmsizeenum.stepwise.max_width", v.frmsizeenum.maxWidth);
        offsets.put("v4l2_frmsizeenum.stepwise.step_width", v.frmsizeenum.stepWidth);
        offsets.put("v4l2_frmsizeenum.stepwise.min_height", v.frmsizeenum.minHeight);
        offsets.put("v4l2_frmsizeenum.stepwise.max_height", v.frmsizeenum.maxHeight);
        offsets.put("v4l2_frmsizeenum.stepwise.step_height", v.frmsizeenum.stepHeight);
        offsets.put("v4l2_frmivalenum.height", v.frmivalenum.height);
        offsets.put("v4l2_frmivalenum.type", v.frmivalenum.type);
        offsets.put("v4l2_frmivalenum.discrete", v.frmivalenum.min);
        offsets.put("v4l2_frmivalenum.stepwise.min", v.frmivalenum.min);
        offsets.put("v4l2_frmivalenum.stepwise.max", v.frmivalenum.max);
        Uvcvideo.Query query = new Uvcvideo(Long.BYTES).query;
        offsets.put("uvc_xu_control_query.unit", query.unit);
        offsets.put("uvc_xu_control_query.selector", query.selector);
        offsets.put("uvc_xu_control_query.query", query.query);
        offsets.put("uvc_xu_control_query.size", query.size);
        offsets.put("uvc_xu_control_query.data", query.data);
        return offsets;
    }

    private static String expression(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : "offsetof(struct " + name.substring(0, dot) + ", " + name.substring(dot + 1) + ")";
    }

    private static String hex(Map<String, Integer> numbers) {
        return numbers.entrySet().stream()
                .map(e -> e.getKey() + " " + Integer.toHexString(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String printedBy(String program) throws Exception {
        Path source = Files.writeString(folder.resolve("videodev2.c"), program);
        Path binary = folder.resolve("videodev2");
        try {
            Process gcc = new ProcessBuilder("gcc", "-m64", "-o", binary.toString(), source.toString())
                    .redirectErrorStream(true)
                    .start();
            String words = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assumeTrue(gcc.waitFor() == 0, "gcc -m64 cannot compile against linux/videodev2.h here: " + words);
        } catch (IOException e) {
            assumeTrue(false, "no gcc here: " + e.getMessage());
        }
        Process run = new ProcessBuilder(binary.toString()).start();
        return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
