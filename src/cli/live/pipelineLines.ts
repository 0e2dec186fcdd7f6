import { isUnderWay, type LiveAction, type LivePipeline, type LiveStage } from "../../launch/watch.ts";
import { colour, duration } from "../render/output.ts";
import { bar, spinner } from "./marks.ts";

const DAY_MS = 86_400_000;

/** A pipeline as lines of a screen: its run, a bar of its actions, each stage, and what a build is saying. */
export const pipelineLines = (pipeline: LivePipeline, now: number, frame: number): readonly string[] => {
  const { name, run, stages } = pipeline;
  if (!run) return [`${colour("bold", name)}  has not run yet`];
  const time = isUnderWay(pipeline) ? `  ${elapsed(run.startedAt, now)}` : "";
  const head = `${colour("bold", name)}  ${painted(run.status)}${time}  ${colour("dim", `${run.id.slice(0, 8)} ${run.message}`)}`;
  return [head, `  ${actionsBar(stages)}`, ...stages.flatMap((stage) => stageLines(stage, now, frame))];
};

const actionsBar = (stages: readonly LiveStage[]): string => {
  const actions = stages.flatMap((stage) => stage.actions);
  return bar(actions.filter(({ status }) => status === "Succeeded").length, actions.length, "actions");
};

const stageLines = ({ name, actions }: LiveStage, now: number, frame: number): readonly string[] => {
  const shown = actions.map((action) => actionText(action, now, frame)).join("  ");
  const said = actions.flatMap(({ logLine, reason, needsApproval }) =>
    needsApproval
      ? [colour("yellow", "      waits for you: aloft approve, or aloft reject")]
      : reason
        ? reason.split("\n").map((line) => colour("red", `      ${line}`))
        : logLine
          ? [colour("dim", `      ${logLine}`)]
          : [],
  );
  return [`  ${name.padEnd(10)} ${shown}`, ...said];
};

const actionText = ({ name, status, startedAt, durationMs }: LiveAction, now: number, frame: number): string => {
  if (status === "Waiting") return colour("dim", `○ ${name}`);
  if (status === "InProgress") return `${spinner(frame)} ${name} ${elapsed(startedAt ?? now, now)}`;
  const mark = status === "Succeeded" ? colour("green", "✓") : colour("red", "✗");
  return `${mark} ${name} ${colour("dim", duration(durationMs ?? 0))}`;
};

/** By this machine's clock; a cloud whose time was moved has none that would mean anything here. */
const elapsed = (startedAt: number, now: number): string => {
  const ms = now - startedAt;
  return ms >= 0 && ms < DAY_MS ? duration(ms) : "…";
};

const painted = (status: string): string =>
  colour(status === "Succeeded" ? "green" : status === "Failed" ? "red" : "yellow", status);
