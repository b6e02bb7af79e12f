#!/bin/sh
# BerryMSE: this file is a shell script with a jar behind it. It runs as ./berrymse and as java -jar berrymse.
# JAVA or JAVA_HOME choose the Java; JAVA_OPTS adds JVM options.
self=$(readlink -f -- "$0")
java=${JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/java}}
java=$(command -v -- "${java:-java}") || {
  echo "berrymse: no Java found; install one (apt install openjdk-17-jre-headless) or set JAVA_HOME" >&2
  exit 1
}
# What a JDK or JRE says of itself; asking java would cost a start.
home=$(readlink -f -- "$java")
home=${home%/*/*}
version=
while read -r line || [ -n "$line" ]; do
  case $line in JAVA_VERSION=\"*) version=${line#*\"} && version=${version%%[!0-9]*} && break ;; esac
done 2>/dev/null <"$home/release"
if [ "${version:-17}" -lt 17 ]; then
  echo "berrymse: $java is Java $version, and 17 or later is needed: install one (apt install openjdk-17-jre-headless) or set JAVA_HOME" >&2
  exit 1
fi
set -- $JAVA_OPTS -jar "$self" "$@"
# Dates are all that is written for a locale: without the data of all the languages of the world the start is faster.
[ "${version:-17}" -ge 21 ] || set -- -Djava.locale.providers=COMPAT "$@"
# The framework uses what Java warns of from 24 on; of later ones it is not known whether they know the option.
case $version in 24 | 25) set -- --sun-misc-unsafe-memory-access=allow "$@" ;; esac
# The start is faster with the classes of an earlier one. Where they are kept is for this program and this Java, and so is their mark.
if [ "$BERRYMSE_ARCHIVE" != off ]; then
  { key=$(stat -L -c '%n %s %Y' -- "$self" "$java") && key=$(echo "$key" | cksum); } 2>/dev/null || key=
  key=${key%% *}
  cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  cache=${CACHE_DIRECTORY:-${cache:+$cache/berrymse}}
  archive=${BERRYMSE_ARCHIVE:-${cache:+$cache/classes-$key.jsa}}
  [ -n "$key" ] || archive=
  case $archive in *:*) archive= ;; esac # the JVM would take it for two paths
  mark=
  if [ -f "$archive" ] && [ -O "$archive" ]; then # another user's is not trusted
    { mark=$(tail -c 20 -- "$archive"); } 2>/dev/null
  fi
  case $mark in
    *"berrymse $key") set -- "-XX:SharedArchiveFile=$archive" -Xlog:cds=off -Xlog:cds+dynamic=off "$@" ;;
    *) [ -z "$archive" ] || set -- "-Dberrymse.archive=$archive" "-Dberrymse.archive.key=$key" "$@" ;;
  esac
fi
# The C library gives back to the system what the compiler needed for a moment.
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=30000 MALLOC_TRIM_THRESHOLD_=60000
# The first compiler is enough: nearly all of the work for a frame is the kernel's, and the second one needs time and memory.
# What runs for each frame is compiled at its 48th call and not at its 256th: after two seconds and not nine.
case $JAVA_OPTS in
  *TieredStopAtLevel* | *CICompilerCount*) ;; # who wants another compiler needs another thread for it, and its own thresholds
  *)
    set -- -XX:CICompilerCount=1 -XX:-UseDynamicNumberOfCompilerThreads -XX:CompileCommand=quiet \
      '-XX:CompileCommand=CompileThresholdScaling,io.github.berrymse.*::*,0.2' "$@"
    ;;
esac
# Classes that the JVM has ready are used where they lie in their file; moved to a place by chance they would be copied.
# And it need not look four times a second whether it has something to tidy up, nor search for a parser of XML: there is but
# its own. As tried with Java 17 to 25.
[ "${version:-99}" -gt 25 ] || set -- -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  -XX:GuaranteedSafepointInterval=5000 -XX:AsyncDeflationInterval=5000 \
  -Djavax.xml.parsers.SAXParserFactory=com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl "$@"
exec "$java" -XX:+UseSerialGC -Xshare:auto -XX:-UsePerfData -Xss512k -Xms13m -Xmn4m -Xmx64m -XX:MaxDirectMemorySize=64m \
  -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:TieredStopAtLevel=1 -XX:StringTableSize=8192 \
  -Djdk.nio.maxCachedBufferSize=262144 -Djna.platform.library.path=/usr/lib -Djava.awt.headless=true "$@"
exit 1
