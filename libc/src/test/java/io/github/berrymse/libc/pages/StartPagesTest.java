package io.github.berrymse.libc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.libc.pages.StartPages.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartPagesTest {
    private static List<Range> unchanged(String mapping, String... details) {
        String smaps = mapping + "\nSize: 8 kB\nRss: 8 kB\nPrivate_Clean: 8 kB\n" + String.join("\n", details)
                + "\nVmFlags: rd mr mw me\n";
        return StartPages.unchanged(smaps.lines().toList());
    }

    @Test
    void takesCodeModulesAndClasses() {
        Range range = new Range(0x7f0000001000L, 0x2000);
        assertThat(unchanged("7f0000001000-7f0000003000 r-xp 00001000 fe:00 42         /usr/lib/libjvm.so"))
                .containsExactly(range);
        assertThat(unchanged("7f0000001000-7f0000003000 r--s 00000000 fe:00 42         /usr/lib/modules"))
                .containsExactly(range);
        assertThat(unchanged(
                        "7f0000001000-7f0000003000 r--p 00000000 00:2c 42         /a \u00c3\u0085 folder/classes.jsa"))
                .containsExactly(range);
    }

    @Test
    void takesThemFrom32BitsToo() {
        assertThat(unchanged("b6f00000-b6f10000 r-xp 00000000 b3:02 42         /usr/lib/server/libjvm.so"))
                .containsExactly(new Range(0xb6f00000L, 0x10000));
    }

    /** They may come and go between the look and the call. */
    @Test
    void takesNothingOfOtherFiles() {
        assertThat(unchanged("7f0000001000-7f0000003000 r-xp 00001000 fe:00 42         /usr/lib/libc.so.6"))
                .isEmpty();
        assertThat(unchanged("7f0000001000-7f0000003000 r--s 00000000 00:06 42         /dev/video0"))
                .isEmpty();
        assertThat(unchanged("7f0000001000-7f0000003000 r--p 00001000 fe:00 42         /lib/libjvm.so (deleted)"))
                .isEmpty();
    }

    @Test
    void takesNothingThatWasWrittenTo() {
        String mapping = "7f0000001000-7f0000003000 r--p 00001000 fe:00 42         /usr/lib/libjvm.so";
        assertThat(unchanged(mapping, "Private_Dirty:         4 kB")).isEmpty();
        assertThat(unchanged(mapping, "Private_Dirty: 0 kB", "Anonymous:            12 kB"))
                .isEmpty();
        assertThat(unchanged(mapping, "Anonymous: 0 kB", "Swap: 4 kB")).isEmpty();
        assertThat(unchanged(mapping, "Private_Hugetlb: 2048 kB")).isEmpty();
        assertThat(unchanged(mapping, "Private_Dirty: 0 kB", "Anonymous: 0 kB", "Swap: 0 kB"))
                .hasSize(1);
    }

    @Test
    void takesNothingThatMayBeWrittenToOrIsNoFile() {
        assertThat(unchanged("7f0000001000-7f0000003000 rw-p 00001000 fe:00 42         /usr/lib/libjvm.so"))
                .isEmpty();
        assertThat(unchanged("7f0000001000-7f0000003000 rwxp 00000000 00:00 0 "))
                .isEmpty();
        assertThat(unchanged("7f0000001000-7f0000003000 r-xp 00000000 00:00 0 "))
                .isEmpty();
        assertThat(unchanged("7f0000001000-7f0000003000 r-xp 00000000 00:00 0          [vdso]"))
                .isEmpty();
        assertThat(unchanged("7f0000001000-7f0000003000 ---p 00000000 fe:00 42         /usr/lib/libjvm.so"))
                .isEmpty();
    }

    @Test
    void aMappingIsNotTakenForItsNeighbour() {
        List<String> smaps =
                """
                7f0000001000-7f0000003000 r--p 00000000 fe:00 42         /one/modules
                Private_Dirty:         0 kB
                7f0000003000-7f0000004000 r--p 00000000 fe:00 42         /two/modules
                Private_Dirty:         4 kB
                7f0000004000-7f0000005000 rw-p 00000000 fe:00 42         /two/modules
                Private_Dirty:         0 kB
                ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]
                Private_Dirty:         0 kB
                """
                        .lines()
                        .toList();
        assertThat(StartPages.unchanged(smaps)).containsExactly(new Range(0x7f0000001000L, 0x2000));
    }
}
