/** Memory that is needed no longer goes back to the system. */
package io.github.berrymse.libc.pages;
