package io.github.berrymse.launcher;

import java.io.ByteArrayInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in the configuration file (YAML 1.2), which knows where it stands. A scalar is a word as it was written. Immutable.
 */
final class ConfigNode {
    private final Path file;
    private final String key;
    private final String name;
    private final Node keyNode;
    private final Node node;

    /** @param key with those of the maps around it; empty for the whole file @param node null for an empty file */
    private ConfigNode(Path file, String key, String name, Node keyNode, Node node) {
        this.file = file;
        this.key = key;
        this.name = name;
        this.keyNode = keyNode;
        this.node = node;
    }

    /** @throws UsageException with line, column and reason, when it is no YAML */
    static ConfigNode of(Path file, byte[] content) throws UsageException {
        try {
            Compose yaml = new Compose(LoadSettings.builder()
                    .setLabel(file.toString())
                    .setAllowNonScalarKeys(true) // said with its place below
                    .build());
            Node root =
                    yaml.composeInputStream(new ByteArrayInputStream(content)).orElse(null);
            return new ConfigNode(file, "", "", null, root);
        } catch (MarkedYamlEngineException e) {
            throw new UsageException(
                    1, file + e.getProblemMark().map(ConfigNode::place).orElse("") + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            boolean isText = !(e.getCause() instanceof CharacterCodingException);
            throw new UsageException(1, file + (isText ? ": " + e.getMessage() : " is not text in UTF-8"));
        } catch (StackOverflowError e) { // YAML is read by recursion
            throw new UsageException(1, file + " is nested too deeply");
        }
    }

    /** The key as it was written. */
    String name() {
        return name;
    }

    /** The key with those of the maps around it: {@code camera.width}. */
    String key() {
        return key;
    }

    /** Where the key stands, for a sentence: file, line and column. */
    String place() {
        return file + place(keyNode);
    }

    private static String place(Node node) {
        return node == null ? "" : node.getStartMark().map(ConfigNode::place).orElse("");
    }

    private static String place(Mark mark) {
        return ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    /** What is wrong with the value. */
    UsageException wrong(String what) {
        return new UsageException(1, file + place(node) + ": " + (key.isEmpty() ? "the file" : key) + ": " + what);
    }

    /** What is wrong with the key. */
    UsageException wrongKey(String what) {
        return new UsageException(1, place() + ": " + what);
    }

    /** Whether the key has no value, or the file no content. */
    boolean isEmpty() {
        return node == null || node.getTag().equals(Tag.NULL);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** The values of a map by their keys, in the order of the file; none when it is empty. */
    Map<String, ConfigNode> entries() throws UsageException {
        return entries(false);
    }

    /** The same with the keys in lower case: no two may differ in their case only. */
    Map<String, ConfigNode> entriesInAnyCase() throws UsageException {
        return entries(true);
    }

    private Map<String, ConfigNode> entries(boolean isInAnyCase) throws UsageException {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        if (isEmpty()) {
            return entries;
        }
        if (!(node instanceof MappingNode map)) {
            throw wrong("it must hold 'key: value' lines, not a " + (node instanceof ScalarNode ? "word" : "list"));
        }
        for (NodeTuple tuple : map.getValue()) {
            ConfigNode entry = entry(tuple.getKeyNode(), tuple.getValueNode());
            ConfigNode twin = entries.put(isInAnyCase ? entry.name.toLowerCase(Locale.ROOT) : entry.name, entry);
            if (twin != null) {
                throw entry.wrongKey(entry.key + " is given a second time, after"
                        + place(twin.keyNode).replaceFirst(",", ""));
            }
        }
        return entries;
    }

    private ConfigNode entry(Node entryKey, Node value) throws UsageException {
        if (!(entryKey instanceof ScalarNode word)) {
            throw wrong("it has a key that is not a word");
        }
        String entryName = word.getValue();
        return new ConfigNode(file, key.isEmpty() ? entryName : key + "." + entryName, entryName, entryKey, value);
    }

    /** The word that it is. */
    String word() throws UsageException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(isMap() ? "it must be one value, not a map" : "it must be one value, not a list");
    }

    /** The words of a map by their keys as they are written; without those that are empty. */
    Map<String, String> words() throws UsageException {
        Map<String, String> words = new LinkedHashMap<>();
        for (ConfigNode entry : entriesInAnyCase().values()) {
            if (!entry.isEmpty()) {
                words.put(entry.name, entry.word());
            }
        }
        return words;
    }

    /** What ConfigAdmin takes: a word, number, boolean or array of words. */
    Object property() throws UsageException {
        if (node instanceof SequenceNode list) {
            List<String> words = new ArrayList<>();
            for (Node element : list.getValue()) {
                words.add(new ConfigNode(file, key, name, keyNode, element).word());
            }
            return words.toArray(String[]::new);
        }
        String word = word();
        try {
            return node.getTag().equals(Tag.BOOL) ? (Object) Boolean.valueOf(word) : number(word);
        } catch (NumberFormatException e) {
            return word; // .inf, or too large
        }
    }

    private Object number(String word) {
        if (node.getTag().equals(Tag.INT)) {
            long number = Long.parseLong(word);
            return number == (int) number ? (Object) (int) number : (Object) number;
        }
        return node.getTag().equals(Tag.FLOAT) ? (Object) Double.valueOf(word) : word;
    }
}
