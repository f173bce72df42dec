package io.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code kubectl kustomize} makes of a folder, for the features that the ones here use:
 * resources, components, JSON patches, images and ConfigMaps from files and literals. Names get no
 * hash.
 *
 * @param objects every object, patched
 * @param settings the entries of each generated ConfigMap
 */
record Overlay(List<JsonNode> objects, Map<String, Map<String, String>> settings) {
  /** Renders the folder. */
  static Overlay of(Path folder) {
    Overlay overlay = new Overlay(new ArrayList<>(), new LinkedHashMap<>());
    overlay.add(folder);
    return overlay;
  }

  /** The only object of this kind. */
  JsonNode object(String kind) {
    List<JsonNode> found = objects.stream().filter(o -> isOfKind(o, kind)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException("%d objects of kind %s".formatted(found.size(), kind));
    }
    return found.get(0);
  }

  /** Adds what another folder has, as a component would. */
  Overlay with(Path component) {
    add(component);
    return this;
  }

  private void add(Path folder) {
    JsonNode kustomization = Yaml.document(folder.resolve("kustomization.yaml"));
    for (JsonNode resource : kustomization.path("resources")) {
      Path path = folder.resolve(resource.asText());
      if (Files.isDirectory(path)) {
        add(path);
      } else {
        objects.addAll(Yaml.documents(path));
      }
    }
    for (JsonNode component : kustomization.path("components")) {
      add(folder.resolve(component.asText()));
    }
    kustomization.path("configMapGenerator").forEach(generator -> generate(generator, folder));
    kustomization.path("patches").forEach(patch -> patch(patch, folder));
    kustomization.path("images").forEach(this::name);
  }

  private void generate(JsonNode generator, Path folder) {
    Map<String, String> entries =
        settings.computeIfAbsent(generator.path("name").asText(), name -> new LinkedHashMap<>());
    List<String> lines = new ArrayList<>();
    for (JsonNode file : generator.path("envs")) {
      lines.addAll(lines(folder.resolve(file.asText())));
    }
    generator.path("literals").forEach(literal -> lines.add(literal.asText()));
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        entries.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
  }

  private void patch(JsonNode patch, Path folder) {
    List<JsonNode> operations =
        patch.has("path")
            ? Yaml.documents(folder.resolve(patch.get("path").asText()))
            : Yaml.parse(patch.path("patch").asText());
    String kind = patch.path("target").path("kind").asText();
    String name = patch.path("target").path("name").asText();
    int applied = 0;
    for (int i = 0; i < objects.size(); i++) {
      JsonNode object = objects.get(i);
      if (isOfKind(object, kind) && object.at("/metadata/name").asText().equals(name)) {
        objects.set(i, JsonPatch.apply(operations.get(0), object));
        applied++;
      }
    }
    if (applied != 1) {
      throw new IllegalStateException("%s/%s: %d objects to patch".formatted(kind, name, applied));
    }
  }

  private void name(JsonNode image) {
    ObjectNode spec = (ObjectNode) object("FlinkDeployment").get("spec");
    if (!spec.path("image").asText().equals(image.path("name").asText())) {
      throw new IllegalStateException("no image " + image.path("name"));
    }
    spec.put("image", image.path("newName").asText() + ":" + image.path("newTag").asText());
  }

  private static boolean isOfKind(JsonNode object, String kind) {
    return object.path("kind").asText().equals(kind);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
