import type { LaunchProgress, Tell } from "../../launch/progress.ts";
import { colour, duration, type Output } from "./output.ts";

const LABEL_WIDTH = 10;

/** Each step of a launch as one plain line. */
export const progressLines =
  (output: Output): Tell =>
  (progress) => {
    const line = progressLine(progress);
    if (line) output.line(line);
  };

/** A step as a line; undefined for what is told by its end. */
export const progressLine = (progress: LaunchProgress): string | undefined => {
  switch (progress.kind) {
    case "step":
      return `${label(progress.name)} ${progress.text}`;
    case "resource":
      return resourceLine(progress);
    case "action":
      return actionLine(progress);
    case "stack":
    case "run":
      return undefined;
  }
};

const label = (text: string): string => colour("dim", text.padEnd(LABEL_WIDTH));

const resourceLine = ({
  logicalId,
  type,
  status,
  reason,
}: Extract<LaunchProgress, { kind: "resource" }>): string | undefined => {
  // A resource's start is told by its end; failures are told with their reason.
  if (status.endsWith("_IN_PROGRESS") && type !== "AWS::CloudFormation::Stack") return undefined;
  const why = reason && /FAILED|ROLLBACK/.test(status) ? `: ${reason}` : "";
  return `${label("stack")} ${tinted(status, status)} ${logicalId} (${type})${why}`;
};

const actionLine = ({
  stage,
  action,
  status,
  durationMs,
  summary,
  needsApproval,
}: Extract<LaunchProgress, { kind: "action" }>): string => {
  if (needsApproval)
    return `${label("pipeline")} ${stage} / ${action} ${colour("yellow", "waits for an approval")}\nNext: aloft approve   # or aloft reject`;
  const time = durationMs === undefined ? "" : ` in ${duration(durationMs)}`;
  const why = summary && status === "Failed" ? `\n${summary}` : "";
  return `${label("pipeline")} ${stage} / ${action} ${tinted(status, status)}${time}${why}`;
};

const tinted = (status: string, text: string): string => {
  if (/FAILED|ROLLBACK|Failed/.test(status)) return colour("red", text);
  return /COMPLETE|Succeeded/.test(status) ? colour("green", text) : colour("yellow", text);
};
