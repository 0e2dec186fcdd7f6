import { isJsonMap, type Json, type JsonMap } from "./readTemplate.ts";

export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** Names that a template uses and does not have: in Ref, GetAtt, Sub, If, Condition and DependsOn. */
export function referenceFindings(template: JsonMap): Finding[] {
  const resources = names(template["Resources"]);
  const known: Known = {
    values: new Set([...resources, ...names(template["Parameters"])]),
    resources: new Set(resources),
    conditions: new Set(names(template["Conditions"])),
  };
  return ["Conditions", "Resources", "Outputs", "Globals"].flatMap((section) =>
    walk(section, template[section] ?? null, known),
  );
}

interface Known {
  readonly values: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
}

function names(section: Json | undefined): string[] {
  return isJsonMap(section) ? Object.keys(section) : [];
}

function walk(path: string, value: Json, known: Known): Finding[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => walk(`${path}/${at}`, item, known));
  if (!isJsonMap(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...named(`${path}/${name}`, name, item, known),
    // A policy document has conditions of its own, and Metadata is the author's.
    ...(name === "Metadata" ? [] : walk(`${path}/${name}`, item, known)),
  ]);
}

function named(path: string, name: string, value: Json, known: Known): Finding[] {
  switch (name) {
    case "Ref":
      return missing(path, value, known.values, "parameter or resource");
    case "Fn::GetAtt":
      return missing(path, Array.isArray(value) ? (value[0] ?? null) : value, known.resources, "resource");
    case "DependsOn":
      return (Array.isArray(value) ? value : [value]).flatMap((each) =>
        missing(path, each, known.resources, "resource"),
      );
    case "Fn::If":
      return missing(path, Array.isArray(value) ? (value[0] ?? null) : null, known.conditions, "condition");
    case "Condition":
      return typeof value === "string" ? missing(path, value, known.conditions, "condition") : [];
    case "Fn::Sub":
      return substituted(value).flatMap((each) => missing(path, each, known.values, "parameter or resource"));
    default:
      return [];
  }
}

function missing(path: string, name: Json, known: ReadonlySet<string>, kind: string): Finding[] {
  if (typeof name !== "string") return [{ path, message: `does not name a ${kind}` }];
  // `Function.Version` and the like are names that SAM gives to what it makes.
  const [id = name] = name.split(".");
  return name.startsWith("AWS::") || known.has(id) ? [] : [{ path, message: `there is no ${kind} ${id}` }];
}

/** The names in a Sub's text, without the literals (`${!Name}`) and the variables that it brings along. */
function substituted(value: Json): string[] {
  const [text, variables] = Array.isArray(value) ? value : [value];
  if (typeof text !== "string") return [];
  const own = new Set(names(variables));
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map((match) => (match[1] ?? "").trim()).filter((id) => !own.has(id));
}
