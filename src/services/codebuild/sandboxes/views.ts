import type { CommandExecution, Sandbox } from "@aws-sdk/client-codebuild";
import { currentPhase } from "../../../engines/build/state.ts";
import type { Answer } from "../../../kernel/aws.ts";
import { secondaryVersionsOf, sourceVersionOf } from "../builds/sourceVersion.ts";
import { withDefaults } from "../defaults.ts";
import type { BuildRecord, CommandRecord } from "../records.ts";
import { logsView, phaseTimesView } from "../views.ts";

/** A sandbox as StartSandbox and BatchGetSandboxes show it. */
export const sandboxView = (sandbox: BuildRecord, region: string): Answer<Sandbox> => {
  const { id, arn, projectName, settings, state, startTime, resolvedSourceVersion } = sandbox;
  const shown = withDefaults(settings, arn, region);
  const started = state.phases.find(({ type }) => type === "PROVISIONING")?.startTime;
  const ended = state.status === "IN_PROGRESS" ? {} : { endTime: new Date(state.endTime) };
  const begun = started === undefined ? {} : { startTime: new Date(started) };
  const status = currentPhase(state) === "QUEUED" ? "QUEUED" : state.status;
  return {
    ...{ id, arn, projectName, status },
    requestTime: new Date(startTime),
    ...begun,
    ...ended,
    source: shown.source,
    sourceVersion: sourceVersionOf(settings, arn),
    secondarySources: shown.secondarySources,
    secondarySourceVersions: secondaryVersionsOf(settings, arn),
    environment: shown.environment,
    fileSystemLocations: settings.fileSystemLocations,
    timeoutInMinutes: shown.timeoutInMinutes,
    queuedTimeoutInMinutes: shown.queuedTimeoutInMinutes,
    vpcConfig: settings.vpcConfig,
    logConfig: settings.logsConfig,
    encryptionKey: shown.encryptionKey,
    serviceRole: settings.serviceRole,
    currentSession: {
      id: id.split(":")[1],
      status,
      ...begun,
      ...ended,
      currentPhase: currentPhase(state),
      phases: state.phases.map((phase) => ({ phaseType: phase.type, ...phaseTimesView(phase) })),
      resolvedSourceVersion,
      logs: logsView(sandbox, region),
    },
  };
};

/** A command as StartCommandExecution and its lists show it. */
export const commandView = (command: CommandRecord, sandbox: BuildRecord, region: string): Answer<CommandExecution> => {
  const { id, sandboxId, sandboxArn, startTime, end } = command;
  return {
    ...{ id, sandboxId, sandboxArn, command: command.command, type: "SHELL" },
    submitTime: new Date(startTime),
    startTime: new Date(startTime),
    status: end?.status ?? "IN_PROGRESS",
    ...(end
      ? {
          endTime: new Date(end.time),
          standardOutputContent: end.stdout,
          standardErrContent: end.stderr,
          ...(end.exitCode === undefined ? {} : { exitCode: String(end.exitCode) }),
        }
      : {}),
    logs: logsView(sandbox, region),
  };
};
