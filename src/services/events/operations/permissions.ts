import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { policyTooLong, statementNotFound, validationError } from "../errors.ts";
import { findBus } from "../find.ts";
import { MAX_POLICY_BYTES } from "../limits.ts";
import type { BusRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "buses" | "partition" | "region" | "account" | "clock">;

/** A whole policy, or one statement said by its parts. */
export const putPermission =
  (room: Parts): Operation<"PutPermission"> =>
  async (_ctx, input) => {
    const bus = findBus(room, input.EventBusName);
    if (input.Policy !== undefined) {
      setPolicy(room, bus, policyOf(input.Policy));
      return {};
    }
    const { Action, Principal, StatementId, Condition } = input;
    if (Action === undefined || Principal === undefined || StatementId === undefined) {
      throw validationError("Parameter(s) Action, Principal, and StatementId must be specified, or Policy.");
    }
    const statement: JsonObject = {
      Sid: StatementId,
      Effect: "Allow",
      Principal: Principal === "*" ? "*" : { AWS: `arn:${room.partition}:iam::${Principal}:root` },
      Action,
      Resource: bus.arn,
      ...(Condition ? { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } } : {}),
    };
    const others = statementsOf(bus).filter(({ Sid }) => Sid !== StatementId);
    setPolicy(room, bus, { Version: "2012-10-17", Statement: [...others, statement] });
    return {};
  };

export const removePermission =
  (room: Parts): Operation<"RemovePermission"> =>
  async (_ctx, { EventBusName, StatementId, RemoveAllPermissions }) => {
    const bus = findBus(room, EventBusName);
    const statements = RemoveAllPermissions ? [] : statementsOf(bus).filter(({ Sid }) => Sid !== StatementId);
    if (!RemoveAllPermissions && statements.length === statementsOf(bus).length) throw statementNotFound();
    if (statements.length > 0) {
      setPolicy(room, bus, { Version: "2012-10-17", Statement: statements });
    } else {
      const { policy: _policy, ...without } = bus;
      room.buses.put(bus.name, { ...without, changedAt: room.clock.now() });
    }
    return {};
  };

const setPolicy = ({ buses, clock }: Parts, bus: BusRecord, policy: JsonObject): void => {
  const text = JSON.stringify(policy);
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES) throw policyTooLong();
  buses.put(bus.name, { ...bus, policy: text, changedAt: clock.now() });
};

const policyOf = (text: string): JsonObject => {
  try {
    const policy: unknown = JSON.parse(text);
    if (isJsonObject(policy) && policy["Statement"] !== undefined) return policy;
  } catch {
    // Said below.
  }
  throw validationError("Parameter Policy is not valid. Reason: the policy is not a JSON document with statements.");
};

const statementsOf = ({ policy }: BusRecord): readonly JsonObject[] => {
  if (policy === undefined) return [];
  const { Statement = [] } = policyOf(policy);
  const all: readonly JsonValue[] = Array.isArray(Statement) ? Statement : [Statement];
  return all.filter(isJsonObject);
};
