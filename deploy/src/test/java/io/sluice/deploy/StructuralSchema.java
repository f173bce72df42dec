package io.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The schema of a custom resource, as the API server applies it with strict field validation: the
 * part of OpenAPI that generated definitions use, and no field that it does not name.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/">structural
 *     schemas</a>
 */
record StructuralSchema(JsonNode root) {
  /**
   * The schema of the first version in a CustomResourceDefinition, with the fields that each object
   * has and that no definition repeats.
   */
  static StructuralSchema of(JsonNode customResourceDefinition) {
    JsonNode schema =
        customResourceDefinition.at("/spec/versions/0/schema/openAPIV3Schema").deepCopy();
    var properties = schema.withObject("/properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties
        .putObject("metadata")
        .put("type", "object")
        .put("x-kubernetes-preserve-unknown-fields", true);
    return new StructuralSchema(schema);
  }

  /** What is wrong, one line each with its path; empty if nothing is. */
  List<String> violations(JsonNode resource) {
    List<String> violations = new ArrayList<>();
    check(resource, root, "", violations);
    return violations;
  }

  private static void check(JsonNode node, JsonNode schema, String path, List<String> violations) {
    if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      return;
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      require(node.isTextual() || node.isIntegralNumber(), node, path, "int or string", violations);
      return;
    }
    String type = schema.path("type").asText();
    require(isOfType(node, type), node, path, type, violations);
    if (node.isObject()) {
      checkFields(node, schema, path, violations);
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), schema.path("items"), path + "/" + i, violations);
      }
    } else if (schema.has("enum") && !contains(schema.get("enum"), node)) {
      violations.add("%s: %s is not one of %s".formatted(path, node, schema.get("enum")));
    }
  }

  private static void checkFields(
      JsonNode node, JsonNode schema, String path, List<String> violations) {
    JsonNode values = schema.path("additionalProperties");
    node.properties()
        .forEach(
            field -> {
              String fieldPath = path + "/" + field.getKey();
              JsonNode named = schema.path("properties").path(field.getKey());
              if (!named.isMissingNode()) {
                check(field.getValue(), named, fieldPath, violations);
              } else if (values.isObject()) {
                check(field.getValue(), values, fieldPath, violations);
              } else {
                violations.add("%s: there is no such field".formatted(fieldPath));
              }
            });
    for (JsonNode required : schema.path("required")) {
      if (!node.has(required.asText())) {
        violations.add("%s: %s is missing".formatted(path, required.asText()));
      }
    }
  }

  private static boolean isOfType(JsonNode node, String type) {
    return switch (type) {
      case "object" -> node.isObject();
      case "array" -> node.isArray();
      case "string" -> node.isTextual();
      case "integer" -> node.isIntegralNumber();
      case "number" -> node.isNumber();
      case "boolean" -> node.isBoolean();
      default -> false;
    };
  }

  private static void require(
      boolean fits, JsonNode node, String path, String type, List<String> violations) {
    if (!fits) {
      violations.add("%s: %s is not of type %s".formatted(path, node, type));
    }
  }

  private static boolean contains(JsonNode values, JsonNode wanted) {
    return StreamSupport.stream(values.spliterator(), false).anyMatch(wanted::equals);
  }
}
