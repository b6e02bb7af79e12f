package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens, reads and polls files and pipes of this machine. */
class LinuxTest {

    @TempDir
    Path folder;

    @Test
    void readsPieceAfterPieceIntoTheSameMemory() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "access units");
        int fd = Linux.open(file.toString(), Linux.O_RDONLY | Linux.O_CLOEXEC);
        ReadBuffer buffer = new ReadBuffer(7);
        try {
            assertThat(StandardCharsets.US_ASCII.decode(buffer.read(fd)).toString())
                    .isEqualTo("access ");
            assertThat(StandardCharsets.US_ASCII.decode(buffer.read(fd)).toString())
                    .isEqualTo("units");
            assertThat(buffer.read(fd).hasRemaining()).as("at the end").isFalse();
        } finally {
            Linux.close(fd);
        }
    }

    @Test
    void pollSaysWhenAPipeIsIdleHasDataAndHasEnded() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        int reader = Linux.open(pipe.toString(), Linux.O_RDONLY | Linux.O_NONBLOCK);
        try {
            PollFd poll = new PollFd(reader, PollFd.POLLIN);
            ReadBuffer buffer = new ReadBuffer(8);
            try (var writer = Files.newOutputStream(pipe)) {
                assertThat(poll.await(1)).isZero();
                assertThatThrownBy(() -> buffer.read(reader)).hasMessage("read " + pipe + ": EAGAIN");
                writer.write(1);
                assertThat(poll.await(10_000)).isNotZero();
                assertThat(buffer.read(reader).remaining()).isEqualTo(1);
            }
            assertThat(poll.await(10_000)).isNotZero();
            assertThat(buffer.read(reader).hasRemaining()).isFalse();
        } finally {
            Linux.close(reader);
        }
    }

    @Test
    void tellsFilesAndPipesFromDevicesFoldersAndNothing() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(Linux.isFileOrPipe(pipe.toString())).isTrue();
        assertThat(Linux.isFileOrPipe(Files.createFile(folder.resolve("file")).toString()))
                .isTrue();
        assertThat(Linux.isFileOrPipe("/dev/null")).isFalse();
        assertThat(Linux.isFileOrPipe(folder.toString())).isFalse();
        assertThat(Linux.isFileOrPipe("/no/such/file")).isFalse();
        assertThat(Linux.isFileOrPipe("no\0name")).isFalse();
    }

    @Test
    void failureNamesCallFileAndErrno() {
        assertThatThrownBy(() -> Linux.open("/dev/no-such-video", Linux.O_RDWR))
                .hasMessage("open /dev/no-such-video: ENOENT")
                .asInstanceOf(type(LinuxException.class))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .satisfies(e -> assertThat(e.call()).isEqualTo("open"));
        assertThatThrownBy(() -> new ReadBuffer(1).read(12345)).hasMessage("read file descriptor 12345: EBADF");
    }

    @Test
    void busyFileIsSaidToBeHeldByTheProcessThatHasItOpen() throws Exception {
        Path file = Files.createFile(folder.resolve("camera"));
        Process holder =
                new ProcessBuilder("sleep", "60").redirectInput(file.toFile()).start();
        try {
            assertThat(new LinuxException("VIDIOC_S_FMT", file.toString(), 16))
                    .hasMessage("VIDIOC_S_FMT " + file + ": EBUSY (held by PID " + holder.pid() + ", sleep)");
        } finally {
            holder.destroy();
        }
    }
}
