import type { CloudEvent } from "../api/live.ts";
import { hrefs, nameOf } from "./links.tsx";

/** An event as people read it. */
export interface Happening {
  readonly id: string;
  readonly time: number;
  readonly status: string;
  readonly what: string;
  readonly detail: string;
  readonly href?: string;
}

type Detail = Readonly<Record<string, unknown>>;
type Reading = Pick<Happening, "status" | "what" | "detail"> & { readonly href?: string };

const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
const short = (id: unknown): string => text(id).slice(0, 8);

const run = (detail: Detail): { readonly href: string } => ({
  href: hrefs.run(text(detail["pipeline"]), text(detail["execution-id"])),
});

const statusOf = (detail: Detail): { readonly status: string; readonly reason: string } => {
  const details = detail["status-details"];
  const { status, "status-reason": reason } = (
    typeof details === "object" && details !== null ? details : {}
  ) as Detail;
  return { status: text(status), reason: text(reason) };
};

/** The Git host keeps CodeCommit's repositories under owners and names of its own; CodeCommit tells their names itself. */
const repositoryOf = (detail: Detail): string =>
  /^codecommit-\d/.test(text(detail["owner"]))
    ? "a repository of CodeCommit"
    : `${text(detail["owner"])}/${text(detail["repository"])}`;

const ALARM_STATUSES: Readonly<Record<string, string>> = { OK: "SUCCEEDED", ALARM: "FAILED" };
const stateOf = (detail: Detail): string => text((detail["state"] as Detail | undefined)?.["value"]);

const READINGS: Readonly<Record<string, (detail: Detail, event: CloudEvent) => Reading>> = {
  "CodePipeline Pipeline Execution State Change": (detail) => ({
    status: text(detail["state"]),
    what: `Pipeline ${text(detail["pipeline"])}`,
    detail: `run ${short(detail["execution-id"])}`,
    ...run(detail),
  }),
  "CodePipeline Stage Execution State Change": (detail) => ({
    status: text(detail["state"]),
    what: `Stage ${text(detail["stage"])}`,
    detail: `${text(detail["pipeline"])} · run ${short(detail["execution-id"])}`,
    ...run(detail),
  }),
  "CodePipeline Action Execution State Change": (detail) => ({
    status: text(detail["state"]),
    what: `Action ${text(detail["stage"])} / ${text(detail["action"])}`,
    detail:
      text((detail["execution-result"] as Detail | undefined)?.["external-execution-summary"]) ||
      text(detail["pipeline"]),
    ...run(detail),
  }),
  "CodeBuild Build State Change": (detail) => ({
    status: text(detail["build-status"]),
    what: `Build of ${text(detail["project-name"])}`,
    detail: nameOf(text(detail["build-id"])).slice(0, 8),
    href: hrefs.build(text(detail["build-id"]).split(":build/")[1] ?? ""),
  }),
  "CodeBuild Build Phase Change": (detail) => ({
    status: text(detail["completed-phase-status"]),
    what: `Phase ${text(detail["completed-phase"])}`,
    detail: text(detail["project-name"]),
    href: hrefs.build(text(detail["build-id"]).split(":build/")[1] ?? ""),
  }),
  "CloudFormation Stack Status Change": (detail) => ({
    status: statusOf(detail).status,
    what: `Stack ${stackName(detail)}`,
    detail: statusOf(detail).reason,
    href: hrefs.stack(stackName(detail)),
  }),
  "CloudFormation Resource Status Change": (detail) => ({
    status: statusOf(detail).status,
    what: `${text(detail["logical-resource-id"])} in ${stackName(detail)}`,
    detail: statusOf(detail).reason || text(detail["resource-type"]),
    href: hrefs.stack(stackName(detail), "events"),
  }),
  "CodeDeploy Deployment State-change Notification": (detail) => ({
    status: text(detail["state"]),
    what: `Rollout ${text(detail["deploymentId"])}`,
    detail: `${text(detail["application"])} / ${text(detail["deploymentGroup"])}`,
    href: hrefs.rollout(text(detail["deploymentId"])),
  }),
  "Git Push": (detail) => ({
    status: "SUCCEEDED",
    what: `Push to ${repositoryOf(detail)}`,
    detail: text(detail["ref"]).replace("refs/heads/", ""),
  }),
  "CodeCommit Repository State Change": (detail) => ({
    status: "SUCCEEDED",
    what: `Repository ${text(detail["repositoryName"])}`,
    detail: `${text(detail["event"]).replace("reference", "")} ${text(detail["referenceName"])}`,
    href: hrefs.repository(text(detail["repositoryName"])),
  }),
  "Version Written": (detail) => ({
    status: "SUCCEEDED",
    what: `Object ${text(detail["key"])}`,
    detail: text(detail["bucket"]),
    href: hrefs.object(text(detail["bucket"]), text(detail["key"])),
  }),
  "CloudWatch Alarm State Change": (detail) => ({
    status: ALARM_STATUSES[stateOf(detail)] ?? "",
    what: `Alarm ${text(detail["alarmName"])}`,
    detail: stateOf(detail).toLowerCase().replaceAll("_", " "),
    href: hrefs.alarm(text(detail["alarmName"])),
  }),
  "Push Accepted": (detail) => ({
    status: "STARTED",
    what: `Commit ${short(detail["commit"])} accepted`,
    detail: text(detail["pipeline"]),
    ...run(detail),
  }),
  "Approval Needed": (detail) => ({
    status: "Pending",
    what: `Approval needed in ${text(detail["pipeline"])}`,
    detail: `run ${short(detail["execution-id"])}`,
    ...run(detail),
  }),
  "Execution Ended": (detail) => ({
    status: text(detail["status"]),
    what: `Run ${short(detail["execution-id"])} ended`,
    detail: text(detail["pipeline"]),
    ...run(detail),
  }),
};

const stackName = (detail: Detail): string => text(detail["stack-id"]).split("/")[1] ?? "";

export const happening = (event: CloudEvent): Happening => {
  const detail = event.detail as Detail;
  const reading = READINGS[event.detailType]?.(detail, event) ?? {
    status: "",
    what: event.detailType,
    detail: event.resources.map(nameOf).join(", "),
  };
  return { id: event.id, time: event.time, ...reading };
};
