import type { ActionRun } from "../../engines/pipeline/model.ts";
import { own } from "../../kernel/own.ts";
import { findActionType } from "./find.ts";
import type { Declaration } from "./records.ts";
import type { Room } from "./room.ts";

export type Action = Declaration["stages"][number]["actions"][number];
type Configuration = Readonly<Record<string, string>>;

/** Where the page is of what an action takes, builds or deploys; undefined for providers that have none. */
export const entityUrl = (room: Room, { actionTypeId, configuration = {}, region }: Action): string | undefined => {
  const template = findActionType(room, actionTypeId)?.settings.entityUrlTemplate;
  // AWS: of a type of somebody's own it is what that says, with the configuration filled in.
  if (template !== undefined) return filledIn(template, configuration);
  const { owner, provider } = actionTypeId;
  if (owner === "Custom") return undefined;
  return own(ADDRESSES, provider)?.(configuration, region ?? room.deps.region);
};

/** Where an execution of somebody's own type is shown, by the name that its worker gave it. */
export const executionUrl = (
  room: Room,
  { action, configuration }: Pick<ActionRun, "action" | "configuration">,
  externalId: string,
): string | undefined => {
  const template = findActionType(room, action)?.settings.executionUrlTemplate;
  if (template === undefined) return undefined;
  return filledIn(template, configuration ?? action.configuration).replaceAll(
    "{ExternalExecutionId}",
    () => externalId,
  );
};

const filledIn = (template: string, configuration: Configuration): string =>
  template.replace(/\{Config:([^}]+)\}/g, (_whole, name: string) => own(configuration, name) ?? "");

const consoleOf = (service: string, region: string, place: string): string =>
  `https://console.aws.amazon.com/${service}/home?region=${region}#${place}`;

const ADDRESSES: Readonly<Record<string, (configuration: Configuration, region: string) => string>> = {
  CloudFormation: (_configuration, region) => consoleOf("cloudformation", region, "/"),
  CodeBuild: ({ ProjectName }, region) => consoleOf("codebuild", region, `/projects/${ProjectName}/view`),
  CodeCommit: ({ RepositoryName, BranchName }, region) =>
    consoleOf("codecommit", region, `/repository/${RepositoryName}/browse/${BranchName}/--/`),
  CodeDeploy: ({ ApplicationName, DeploymentGroupName }, region) =>
    consoleOf("codedeploy", region, `/applications/${ApplicationName}/deployment-groups/${DeploymentGroupName}`),
  CodeStarSourceConnection: ({ ConnectionArn = "", FullRepositoryId = "", BranchName = "" }) =>
    `https://console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn=${ConnectionArn}&referenceType=BRANCH&FullRepositoryId=${FullRepositoryId}&Branch=${BranchName}`,
  GitHub: ({ Owner, Repo, Branch }) => `https://github.com/${Owner}/${Repo}/tree/${Branch}`,
  Lambda: ({ FunctionName }, region) => consoleOf("lambda", region, `/functions/${FunctionName}`),
  S3: (_configuration, region) => consoleOf("s3", region, ""),
};
