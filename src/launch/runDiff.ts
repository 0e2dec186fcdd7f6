import { parse } from "yaml";
import type { DeployedTemplate } from "./runFiles.ts";
import type { RunDetail } from "./runs.ts";

/** One thing in which two runs are not the same; what only one of them has is undefined in the other. */
export interface Difference {
  /** `Deploy / GenerateChangeSet: configuration.StackName`, `template: Resources.Table.Type`… */
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What one run was told, did and deployed. */
export interface ComparedRun {
  readonly run: RunDetail;
  readonly templates: readonly DeployedTemplate[];
}

/** In what two runs differ: revisions, variables, each action's settings and results, templates and parameters. */
export const diffRuns = (before: ComparedRun, after: ComparedRun): readonly Difference[] => {
  const [old, now] = [factsOf(before), factsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .map((what) => ({ what, before: old.get(what), after: now.get(what) }))
    .filter((difference) => difference.before !== difference.after);
};

/** A run as names and values. */
const factsOf = ({ run, templates }: ComparedRun): ReadonlyMap<string, string> => {
  const facts = new Map<string, string>([["status", run.status]]);
  const add = (prefix: string, value: unknown) => flatten(prefix, value, facts);
  add("revision", run.revisions);
  add("variable", run.variables);
  for (const action of run.actions) {
    const place = `${action.stage} / ${action.action}: `;
    add(`${place}status`, action.status);
    add(`${place}configuration`, action.configuration);
    add(`${place}output`, action.outputVariables);
    if (action.error !== undefined) add(`${place}error`, action.error);
  }
  for (const { stack, text, parameters } of templates) {
    add(`parameter of ${stack}`, parameters);
    add(`template of ${stack}`, parsed(text));
  }
  return facts;
};

/** Templates are compared by what they say, not by how they are written. */
const parsed = (text: string): unknown => {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    // Not a document: compared as text.
    return text;
  }
};

const flatten = (prefix: string, value: unknown, facts: Map<string, string>): void => {
  if (typeof value !== "object" || value === null) {
    facts.set(prefix, String(value));
    return;
  }
  for (const [name, member] of Object.entries(value)) flatten(`${prefix}.${name}`, member, facts);
};
