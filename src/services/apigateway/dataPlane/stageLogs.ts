import { createHash } from "node:crypto";
import { createGatheredLogs, logGroupIn } from "../../../engines/gateway/gatheredLogs.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import { settingKey } from "../methodSettings.ts";
import { ACCOUNT_KEY, type RestRecords, type StageRecord } from "../records.ts";
import { accessLine } from "./accessLine.ts";
import { ROLE_SESSION, SERVICE } from "./gatewayService.ts";
import type { Journal, Line } from "./journal.ts";
import type { StagedRequest } from "./request.ts";

/** Writes what a stage's settings ask for of a finished request. */
export type StageLogs = (request: StagedRequest, journal: Journal, answer: HttpResponse, latencyMs: number) => void;

type StageLogParts = Pick<RoomDeps, "tasks" | "contextAs" | "account" | "partition" | "clock"> & {
  readonly accountSettings: RestRecords["account"];
};

/** Whether a stage keeps any log. */
export const isLogged = ({ accessLogSettings, methodSettings = {} }: StageRecord): boolean =>
  (accessLogSettings?.destinationArn !== undefined && accessLogSettings.format !== undefined) ||
  Object.values(methodSettings).some(({ loggingLevel = "OFF" }) => loggingLevel !== "OFF");

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export const createStageLogs = (parts: StageLogParts): StageLogs => {
  const writer = () => {
    const { cloudwatchRoleArn } = parts.accountSettings.get(ACCOUNT_KEY) ?? {};
    const self = parts.contextAs({ kind: "service", account: parts.account, service: SERVICE });
    // Differs: AWS refuses to turn logs on before the account has a role for them; here they are the account's own then.
    if (!cloudwatchRoleArn) return parts.contextAs(rootOf(parts.account, parts.partition));
    return assumeRole(self, { service: SERVICE }, cloudwatchRoleArn, ROLE_SESSION);
  };
  const gathered = createGatheredLogs(parts, writer);
  return (request, journal, answer, latencyMs) => {
    const { api, stage } = request.table;
    const stream = createHash("md5").update(`${api.id}/${stage.stageName}`).digest("hex");
    const { destinationArn, format } = stage.accessLogSettings ?? {};
    const group = logGroupIn(destinationArn);
    if (group !== undefined && format) {
      const message = accessLine(format, request, journal.learned, answer, latencyMs);
      gathered({ group, stream }, [{ timestamp: parts.clock.now(), message }]);
    }
    const told = executionLines(request, journal.lines);
    if (told.length === 0) return;
    const place = { group: `API-Gateway-Execution-Logs_${api.id}/${stage.stageName}`, stream, makesGroup: true };
    gathered(
      place,
      told.map(({ time, text }) => ({ timestamp: time, message: `(${request.requestId}) ${text}` })),
    );
  };
};

/** AWS: errors alone, or the course of each request too, and its data only where that is asked for as well. */
const executionLines = (request: StagedRequest, lines: readonly Line[]): Line[] => {
  const { loggingLevel = "OFF", dataTraceEnabled = false } = settingsOf(request);
  if (loggingLevel === "OFF") return [];
  return lines.filter(
    ({ kind }) => kind === "error" || (loggingLevel === "INFO" && (kind === "info" || dataTraceEnabled)),
  );
};

/** AWS: a method's own settings count before those of all methods. */
const settingsOf = ({ table, address, http }: StagedRequest) => {
  const { methodSettings = {} } = table.stage;
  const target = table.match(http.method, address.path)?.target;
  return (target && methodSettings[settingKey(target)]) ?? methodSettings["*/*"] ?? {};
};
