import { call } from "../../api/call.ts";

/** The text of a template and where each resource stands in it. */
export interface TemplateLines {
  readonly lines: readonly string[];
  /** Line numbers by logical id, from 0. */
  readonly places: ReadonlyMap<string, number>;
}

export const loadTemplate = async (
  StackName: string,
  TemplateStage: "Original" | "Processed",
): Promise<TemplateLines> => {
  const { TemplateBody = "" } = await call("cloudformation", "GetTemplate", { StackName, TemplateStage });
  const lines = pretty(TemplateBody).split("\n");
  return { lines, places: placesIn(lines) };
};

const pretty = (text: string): string => {
  if (!text.trimStart().startsWith("{")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // YAML may begin with a brace too.
    return text;
  }
};

/** Resources, parameters and outputs stand one step below their section, in YAML as in JSON. */
const placesIn = (lines: readonly string[]): ReadonlyMap<string, number> => {
  const places = new Map<string, number>();
  let step: number | undefined;
  let inResources = false;
  for (const [index, line] of lines.entries()) {
    const [, indent = "", name] = /^(\s*)"?([A-Za-z0-9]+)"?\s*:/.exec(line) ?? [];
    if (name === undefined) continue;
    if (name === "Resources" && !inResources) {
      inResources = true;
      step = undefined;
      continue;
    }
    if (!inResources) continue;
    step ??= indent.length;
    if (indent.length < step) inResources = false;
    else if (indent.length === step && !places.has(name)) places.set(name, index);
  }
  return places;
};

type Template = { readonly Resources?: Readonly<Record<string, { readonly DependsOn?: string | readonly string[] }>> };

/** Which resources each one refers to. Only where the template is at hand as JSON, as transformed ones are. */
export const loadNeeds = async (StackName: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const { TemplateBody = "" } = await call("cloudformation", "GetTemplate", { StackName, TemplateStage: "Processed" });
  if (!TemplateBody.trimStart().startsWith("{")) return needsInText(TemplateBody);
  const { Resources = {} }: Template = JSON.parse(TemplateBody);
  const names = Object.keys(Resources);
  return new Map(
    Object.entries(Resources).map(([id, resource]) => {
      const text = JSON.stringify(resource);
      return [id, new Set(names.filter((name) => name !== id && mentions(text, name)))];
    }),
  );
};

const mentions = (text: string, name: string): boolean =>
  new RegExp(
    `"Ref":"${name}"|"Fn::GetAtt":(\\["${name}"|"${name}\\.)|\\$\\{${name}[.}]|"DependsOn":[^{}]*"${name}"`,
  ).test(text);

const needsInText = (text: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const lines = text.split("\n");
  const places = [...placesIn(lines)];
  return new Map(
    places.map(([id, from], index) => {
      const own = lines.slice(from, places[index + 1]?.[1]).join("\n");
      const names = places.map(([name]) => name);
      return [
        id,
        new Set(
          names.filter(
            (name) =>
              name !== id &&
              new RegExp(`(!Ref |!GetAtt |Ref: |\\$\\{)${name}\\b|DependsOn:[^:]*\\b${name}\\b`).test(own),
          ),
        ),
      ];
    }),
  );
};
