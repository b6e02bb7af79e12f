package io.github.berrymse.api;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others can see of a type, one line for the type and one for each member. Immutable. */
final class Signature {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private final Class<?> type;

    Signature(Class<?> type) {
        this.type = type;
    }

    /** {@code consumer interface Codec}, and below it {@code Codec: abstract String name()} and the others. */
    String lines() throws IOException {
        Set<String> members = new TreeSet<>();
        visible(type.getDeclaredConstructors())
                .forEach(constructor -> members.add(type.getSimpleName() + rest(constructor)));
        visible(type.getDeclaredMethods())
                .filter(method -> !OF_EVERY_OBJECT.contains(method.getName()))
                .forEach(method -> members.add(method(method)));
        Stream.of(type.getDeclaredFields()).filter(isVisible()).forEach(field -> members.add(field(field)));
        String start = "\n  " + type.getSimpleName() + ": ";
        return head() + members.stream().map(start::concat).collect(Collectors.joining()) + "\n";
    }

    private String head() throws IOException {
        String kind = type.isInterface() ? "interface " : type.isRecord() ? "record " : "class ";
        String above = Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .filter(each -> each != Object.class && each != Record.class)
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return role()
                + (Modifier.isFinal(type.getModifiers()) ? "final " : "")
                + kind
                + type.getSimpleName()
                + (above.isEmpty() ? "" : " extends " + above);
    }

    /** The annotations are in the class file, but reflection does not see them. */
    private String role() throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            String file = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return file.contains("Lorg/osgi/annotation/versioning/ProviderType;")
                    ? "provider "
                    : file.contains("Lorg/osgi/annotation/versioning/ConsumerType;") ? "consumer " : "";
        }
    }

    private static <E extends Executable> Stream<E> visible(E[] members) {
        return Stream.of(members).filter(isVisible());
    }

    private static Predicate<java.lang.reflect.Member> isVisible() {
        return member -> !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static String method(Method method) {
        int modifiers = method.getModifiers();
        String how = Modifier.isStatic(modifiers)
                ? "static "
                : method.isDefault() ? "default " : Modifier.isAbstract(modifiers) ? "abstract " : "";
        return how + name(method.getGenericReturnType()) + " " + method.getName() + rest(method);
    }

    private static String rest(Executable member) {
        String thrown = names(member.getGenericExceptionTypes());
        return "(" + names(member.getGenericParameterTypes()) + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    /** With its value where that is compiled into whoever uses it. */
    private static String field(Field field) {
        try {
            boolean isConstant = field.getType().isPrimitive() || field.getType() == String.class;
            return "static " + name(field.getGenericType()) + " " + field.getName()
                    + (isConstant ? " = " + field.get(null) : "");
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String names(Type... types) {
        return Arrays.stream(types).map(Signature::name).collect(Collectors.joining(", "));
    }

    /** Without its package. */
    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\b(?:[a-z0-9]+\\.)+", "");
    }
}
