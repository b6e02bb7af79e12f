/** The C library's functions by the names they have there, for {@code v4l2} and nobody else. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.0.0")
package io.github.berrymse.libc;
