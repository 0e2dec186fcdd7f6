import { createGatheredLogs, logGroupIn } from "../../../engines/gateway/gatheredLogs.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import type { ApiRecord, StageRecord } from "../records.ts";
import { jsonAt } from "./mapping/jsonPath.ts";

/** What `$context` has to say of a finished request, by dotted names or as objects of objects. */
export type AccessValues = JsonObject;

interface LoggedStage {
  readonly api: ApiRecord;
  readonly stage: StageRecord;
}

/** Writes a stage's access log, when it has one; what it tells is asked for only then. */
export type AccessLog = (stage: LoggedStage, values: () => AccessValues) => void;

type AccessLogParts = Pick<RoomDeps, "tasks" | "contextAs" | "account" | "partition" | "clock">;

/** AWS delivers access logs itself, whatever roles may do; so they are written as the account. */
export const createAccessLog = (parts: AccessLogParts): AccessLog => {
  const gathered = createGatheredLogs(parts, () => parts.contextAs(rootOf(parts.account, parts.partition)));
  return ({ api, stage }, values) => {
    const { DestinationArn, Format } = stage.accessLogSettings ?? {};
    const group = logGroupIn(DestinationArn);
    if (!group || !Format) return;
    const stream = `${api.apiId}-${stage.stageName.replace("$", "")}`;
    gathered({ group, stream }, [{ timestamp: parts.clock.now(), message: accessLine(Format, values()) }]);
  };
};

/** A format with its variables filled in, a dash where one has no value. */
export const accessLine = (format: string, values: AccessValues): string =>
  format.replace(/\$context\.([A-Za-z]\w*(?:\.[\w-]+)*)/g, (_, name: string) => shown(values, name));

const shown = (values: AccessValues, name: string): string => {
  const value: JsonValue | undefined = Object.hasOwn(values, name) ? values[name] : jsonAt(values, name);
  if (value === undefined || value === null || value === "") return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
};
