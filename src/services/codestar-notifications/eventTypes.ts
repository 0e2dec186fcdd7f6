import type { CloudEvent } from "../../kernel/events.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { own } from "../../kernel/own.ts";

/** One kind of event that a rule may ask for. */
export interface EventType {
  readonly id: string;
  readonly serviceName: "CodePipeline" | "CodeBuild" | "CodeDeploy" | "CodeCommit";
  readonly name: string;
  readonly resourceType: string;
}

interface Family {
  readonly prefix: string;
  readonly serviceName: EventType["serviceName"];
  readonly title: string;
  readonly resourceType: string;
  readonly endings: readonly string[];
}

/** https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html#events-ref */
const FAMILIES: readonly Family[] = [
  {
    prefix: "codepipeline-pipeline-action-execution",
    serviceName: "CodePipeline",
    title: "Action execution",
    resourceType: "Pipeline",
    endings: ["succeeded", "failed", "canceled", "started"],
  },
  {
    prefix: "codepipeline-pipeline-stage-execution",
    serviceName: "CodePipeline",
    title: "Stage execution",
    resourceType: "Pipeline",
    endings: ["started", "succeeded", "resumed", "canceled", "failed"],
  },
  {
    prefix: "codepipeline-pipeline-pipeline-execution",
    serviceName: "CodePipeline",
    title: "Pipeline execution",
    resourceType: "Pipeline",
    endings: ["failed", "canceled", "started", "resumed", "succeeded", "superseded"],
  },
  {
    prefix: "codepipeline-pipeline-manual-approval",
    serviceName: "CodePipeline",
    title: "Manual approval",
    resourceType: "Pipeline",
    endings: ["failed", "needed", "succeeded"],
  },
  {
    prefix: "codebuild-project-build-state",
    serviceName: "CodeBuild",
    title: "Build state",
    resourceType: "Project",
    endings: ["failed", "succeeded", "in-progress", "stopped"],
  },
  {
    prefix: "codebuild-project-build-phase",
    serviceName: "CodeBuild",
    title: "Build phase",
    resourceType: "Project",
    endings: ["failure", "success"],
  },
  {
    prefix: "codedeploy-application-deployment",
    serviceName: "CodeDeploy",
    title: "Deployment",
    resourceType: "Application",
    endings: ["failed", "succeeded", "started"],
  },
  ...repositoryFamilies(),
];

function repositoryFamilies(): readonly Family[] {
  const of = (what: string, title: string, ...endings: readonly string[]): Family => ({
    ...{
      prefix: `codecommit-repository-${what}`,
      serviceName: "CodeCommit",
      resourceType: "Repository",
      title,
      endings,
    },
  });
  return [
    of("comments", "Comments", "on-commits", "on-pull-requests"),
    of("approvals", "Approvals", "status-changed", "rule-override"),
    of("pull-request", "Pull request", "source-updated", "created", "status-changed", "merged"),
    of("branches-and-tags", "Branches and tags", "created", "deleted", "updated"),
  ];
}

export const EVENT_TYPES: readonly EventType[] = FAMILIES.flatMap(
  ({ prefix, serviceName, title, resourceType, endings }) =>
    endings.map((ending) => ({
      id: `${prefix}-${ending}`,
      serviceName,
      name: `${title}: ${wordsOf(serviceName, ending)}`,
      resourceType,
    })),
);

/** AWS writes those of repositories with spaces. */
function wordsOf(serviceName: EventType["serviceName"], ending: string): string {
  const words = serviceName === "CodeCommit" ? ending.replaceAll("-", " ") : ending;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export const findEventType = (id: string): EventType | undefined => EVENT_TYPES.find((type) => type.id === id);

const text = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

const ENDINGS: Readonly<Record<string, string>> = { ABANDONED: "canceled", STOPPED: "canceled", CANCELED: "canceled" };
const DEPLOYMENT_ENDINGS: Readonly<Record<string, string>> = {
  START: "started",
  SUCCESS: "succeeded",
  FAILURE: "failed",
  STOP: "failed",
};

const pipelineEnding = ({ state }: JsonObject): string => ENDINGS[text(state)] ?? text(state).toLowerCase();

const approvalEnding = ({ state }: JsonObject): string => (state === "STARTED" ? "needed" : text(state).toLowerCase());

const isApproval = ({ type }: JsonObject): boolean => isJsonObject(type) && type["category"] === "Approval";

/** The ids of what an event of the cloud is here, and the ARN of the resource it tells of. */
export const kindsOf = ({ detailType, detail, resources, account, region }: CloudEvent) => {
  const resource = resources[0] ?? "";
  const partition = resource.split(":")[1] ?? "aws";
  switch (detailType) {
    case "CodePipeline Action Execution State Change": {
      const approval = isApproval(detail) ? [`codepipeline-pipeline-manual-approval-${approvalEnding(detail)}`] : [];
      return { resource, ids: [`codepipeline-pipeline-action-execution-${pipelineEnding(detail)}`, ...approval] };
    }
    case "CodePipeline Stage Execution State Change":
      return { resource, ids: [`codepipeline-pipeline-stage-execution-${pipelineEnding(detail)}`] };
    case "CodePipeline Pipeline Execution State Change":
      return { resource, ids: [`codepipeline-pipeline-pipeline-execution-${pipelineEnding(detail)}`] };
    case "CodeBuild Build State Change": {
      const ending = text(detail["build-status"]).toLowerCase().replace("_", "-");
      const ids = [`codebuild-project-build-state-${ending}`];
      return {
        resource: `arn:${partition}:codebuild:${region}:${account}:project/${text(detail["project-name"])}`,
        ids,
      };
    }
    case "CodeBuild Build Phase Change": {
      const ending = detail["completed-phase-status"] === "SUCCEEDED" ? "success" : "failure";
      const ids = [`codebuild-project-build-phase-${ending}`];
      return {
        resource: `arn:${partition}:codebuild:${region}:${account}:project/${text(detail["project-name"])}`,
        ids,
      };
    }
    case "CodeDeploy Deployment State-change Notification":
      return {
        resource,
        ids: [`codedeploy-application-deployment-${DEPLOYMENT_ENDINGS[text(detail["state"])] ?? ""}`],
      };
    default:
      return { resource, ids: repositoryIds(detailType, text(detail["event"])) };
  }
};

const REFERENCES: Readonly<Record<string, string>> = {
  referenceCreated: "branches-and-tags-created",
  referenceDeleted: "branches-and-tags-deleted",
  referenceUpdated: "branches-and-tags-updated",
};
const PULL_REQUESTS: Readonly<Record<string, string>> = {
  pullRequestApprovalRuleOverridden: "approvals-rule-override",
  pullRequestApprovalStateChanged: "approvals-status-changed",
  pullRequestCreated: "pull-request-created",
  pullRequestMergeStatusUpdated: "pull-request-merged",
  pullRequestSourceBranchUpdated: "pull-request-source-updated",
  pullRequestStatusChanged: "pull-request-status-changed",
};

/** What an event of CodeCommit is. */
const repositoryIds = (detailType: string, event: string): readonly string[] => {
  const ending = repositoryEnding(detailType, event);
  return ending === undefined ? [] : [`codecommit-repository-${ending}`];
};

const repositoryEnding = (detailType: string, event: string): string | undefined => {
  switch (detailType) {
    case "CodeCommit Repository State Change":
      return own(REFERENCES, event);
    case "CodeCommit Pull Request State Change":
      return own(PULL_REQUESTS, event);
    case "CodeCommit Comment on Commit":
      return "comments-on-commits";
    case "CodeCommit Comment on Pull Request":
      return "comments-on-pull-requests";
    default:
      return undefined;
  }
};
