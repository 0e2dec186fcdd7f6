import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchGetBuildsCommand,
  type Build,
  CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectCommandInput,
  StartBuildCommand,
  type StartBuildCommandInput,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { neighboursFake } from "./neighboursFake.ts";
import codebuild from "./service.ts";

/** A buildspec whose one phase runs these commands. */
export const commands = (...lines: readonly string[]): string =>
  `version: 0.2\nphases:\n  build:\n    commands:\n${lines.map((line) => `      - ${JSON.stringify(line)}\n`).join("")}`;

/** A cloud whose builds meet doubles of their neighbours, what it has announced, and the project `app` with its builds. */
export const buildCloud = async () => {
  const fake = neighboursFake();
  const cloud = await testCloud({ loaders: { ...fake.loaders, codebuild: async () => codebuild } });
  const [client, iam] = [cloud.client(CodeBuildClient), cloud.client(IAMClient)];
  const serviceRoleArn = await serviceRole(iam, "build", "codebuild", "*");
  const events: CloudEvent[] = [];
  cloud.events.subscribe((event) => events.push(event));

  const project = (buildspec: string, more: Partial<CreateProjectCommandInput> = {}) =>
    client.send(
      new CreateProjectCommand({
        name: "app",
        source: { type: "NO_SOURCE", buildspec },
        artifacts: { type: "NO_ARTIFACTS" },
        environment: {
          type: "LINUX_CONTAINER",
          image: "aws/codebuild/standard:7.0",
          computeType: "BUILD_GENERAL1_SMALL",
        },
        serviceRole: serviceRoleArn,
        ...more,
      }),
    );
  const start = async (input: Partial<StartBuildCommandInput> = {}): Promise<Partial<Build>> =>
    (await client.send(new StartBuildCommand({ projectName: "app", ...input }))).build ?? {};
  const build = async (id = ""): Promise<Partial<Build>> =>
    (await client.send(new BatchGetBuildsCommand({ ids: [id] }))).builds?.[0] ?? {};
  const ended = async (input: Partial<StartBuildCommandInput> = {}) => {
    const { id } = await start(input);
    await cloud.tasks.idle();
    return build(id);
  };
  const logOf = async ({ logs }: Partial<Build>): Promise<string> => {
    const place = { logGroupName: logs?.groupName, logStreamName: logs?.streamName, startFromHead: true };
    const { events: messages = [] } = await cloud.client(CloudWatchLogsClient).send(new GetLogEventsCommand(place));
    return messages.map(({ message }) => message).join("");
  };
  /** When the commands of the phase `build` are about to run. */
  const inBuildPhase = () =>
    new Promise<void>((resolve) =>
      cloud.events.subscribe(({ detail }) => detail["completed-phase"] === "PRE_BUILD" && resolve()),
    );
  return { cloud, client, iam, fake, events, project, start, build, ended, logOf, inBuildPhase };
};

export type BuildCloud = Awaited<ReturnType<typeof buildCloud>>;
