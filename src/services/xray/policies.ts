import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import type { Room } from "./room.ts";

/** The statements of all resource policies as one policy; undefined where there is none. */
export const policyOf = ({ policies }: Pick<Room, "policies">): JsonObject | undefined => {
  const statements = [...policies.values()].flatMap(({ document }) => statementsOf(JSON.parse(document)));
  return statements.length === 0 ? undefined : { Version: "2012-10-17", Statement: statements };
};

const statementsOf = (policy: unknown): readonly JsonObject[] => {
  const statement = isJsonObject(policy) ? policy["Statement"] : undefined;
  return (Array.isArray(statement) ? statement : [statement]).filter(isJsonObject);
};
