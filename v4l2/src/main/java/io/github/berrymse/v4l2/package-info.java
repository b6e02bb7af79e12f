/**
 * Linux video devices: files, ioctls, mapped buffers and polling. Knows the kernel's interface (its names are those of
 * {@code linux/videodev2.h}) and nothing of video pipelines; calls the C library through {@code libc}. JNA is loaded with the
 * first device or pipe that is opened, or else by {@code libc} itself some time after the start.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.0.0")
package io.github.berrymse.v4l2;
