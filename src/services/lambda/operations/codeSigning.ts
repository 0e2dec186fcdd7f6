import { findFunction } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/** No function here has a code signing configuration: AWS then answers its name alone. */
export const getFunctionCodeSigningConfig =
  (room: Room): Operation<"GetFunctionCodeSigningConfig"> =>
  async (ctx, input) => ({ CodeSigningConfigArn: "", FunctionName: findFunction(room, ctx, input.FunctionName).name });
