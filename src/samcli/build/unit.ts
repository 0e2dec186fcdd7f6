import type { Buildable } from "./buildable.ts";

/** What is built once: functions with the same code and settings, or one layer. */
export type Unit = readonly [Buildable, ...Buildable[]];

/** Puts together what is built alike. */
export const unitsOf = (buildables: readonly Buildable[]): readonly Unit[] => {
  const units = new Map<string, [Buildable, ...Buildable[]]>();
  for (const buildable of buildables) {
    const key = settingsOf(buildable);
    const unit = units.get(key);
    if (unit) unit.push(buildable);
    else units.set(key, [buildable]);
  }
  return [...units.values()];
};

/**
 * All that a build depends on besides its code.
 * AWS: a Makefile's target is the function's own, and what esbuild begins with is the handler's file.
 */
export const settingsOf = ({ kind, fullPath, source, runtime, architecture, handler, metadata, method }: Buildable) =>
  JSON.stringify([
    kind,
    source,
    runtime,
    architecture,
    metadata,
    method === "esbuild" ? handler : undefined,
    kind === "layer" || method === "makefile" || runtime?.startsWith("provided") ? fullPath : undefined,
  ]);
