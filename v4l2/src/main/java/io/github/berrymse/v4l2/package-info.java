/**
 * Linux video devices: files, ioctls, mapped buffers and polling. Knows the kernel's interface (its names are those of
 * {@code linux/videodev2.h}) and nothing of video pipelines; the only package that calls native code, through JNA. JNA
 * is loaded with the first device that is opened.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.github.berrymse.v4l2;
