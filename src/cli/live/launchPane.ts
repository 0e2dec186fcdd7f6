import type { LaunchProgress } from "../../launch/progress.ts";
import type { LivePipeline } from "../../launch/watch.ts";
import { duration } from "../render/output.ts";
import { bar, spinner } from "./marks.ts";
import { pipelineLines } from "./pipelineLines.ts";

/** What a launch has under way: a stack's resources, then the pipeline as `aloft status -w` draws it. */
export interface LaunchPane {
  note(progress: LaunchProgress, now: number): void;
  show(pipeline: LivePipeline): void;
  lines(now: number, frame: number): readonly string[];
}

export const createLaunchPane = (): LaunchPane => {
  /** Since when, by what is under way. */
  const running = new Map<string, number>();
  const made = new Set<string>();
  let stack: { readonly name: string; readonly resources: number } | undefined;
  let shown: LivePipeline | undefined;
  return {
    note: (progress, now) => {
      if (progress.kind === "stack") stack = progress;
      if (progress.kind !== "resource") return;
      const { logicalId, status } = progress;
      if (status.endsWith("_IN_PROGRESS")) running.set(logicalId, running.get(logicalId) ?? now);
      else running.delete(logicalId);
      if (/^(CREATE|UPDATE)_COMPLETE$/.test(status) && logicalId !== stack?.name) made.add(logicalId);
    },
    show: (pipeline) => {
      shown = pipeline;
    },
    lines: (now, frame) => {
      if (shown) return pipelineLines(shown, now, frame);
      const under = [...running].map(([name, since]) => `${spinner(frame)} ${name} ${duration(now - since)}`);
      // A resource whose condition holds adds to those that are made in any case.
      return stack && running.has(stack.name)
        ? [bar(made.size, Math.max(stack.resources, made.size), "resources"), ...under]
        : under;
    },
  };
};
