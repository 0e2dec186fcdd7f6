import { functionsOnly, untypedInvalidValue } from "../errors.ts";
import { findFunction, findVersion, functionReference } from "../find.ts";
import { ACCOUNT_CONCURRENCY, MIN_UNRESERVED_CONCURRENCY } from "../limits.ts";
import { provisionedOf } from "../provisioned.ts";
import { LATEST } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const putFunctionConcurrency =
  (room: Room): Operation<"PutFunctionConcurrency"> =>
  async (ctx, input) => {
    const { name, qualifier } = functionReference(ctx, input.FunctionName);
    if (qualifier !== undefined) throw functionsOnly();
    const { record } = findVersion(room, ctx, { name, qualifier: LATEST });
    const provisioned = provisionedOf(room, name);
    if (input.ReservedConcurrentExecutions < provisioned) {
      throw untypedInvalidValue(
        ` ReservedConcurrentExecutions  ${input.ReservedConcurrentExecutions} should not be lower than function's total provisioned concurrency [${provisioned}].`,
      );
    }
    const others = room.reserved.total() - (record.reservedConcurrency ?? 0);
    if (ACCOUNT_CONCURRENCY - others - input.ReservedConcurrentExecutions < MIN_UNRESERVED_CONCURRENCY) {
      throw untypedInvalidValue(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED_CONCURRENCY}].`,
      );
    }
    room.functions.put(record.name, { ...record, reservedConcurrency: input.ReservedConcurrentExecutions });
    return { ReservedConcurrentExecutions: input.ReservedConcurrentExecutions };
  };

export const getFunctionConcurrency =
  (room: Room): Operation<"GetFunctionConcurrency"> =>
  async (ctx, input) => {
    const { reservedConcurrency: reserved } = findFunction(room, ctx, input.FunctionName);
    return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  };

export const deleteFunctionConcurrency =
  (room: Room): Operation<"DeleteFunctionConcurrency"> =>
  async (ctx, input) => {
    const { reservedConcurrency: _, ...record } = findFunction(room, ctx, input.FunctionName);
    room.functions.put(record.name, record);
    return {};
  };
