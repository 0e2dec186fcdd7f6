import { defineResourceType, type ResourceType } from "../../../kernel/resource.ts";
import { validationError } from "../errors.ts";
import type { Room } from "../room.ts";
import { readMacro } from "./readOwn.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-macro.html */
interface MacroProperties {
  readonly Name: string;
  readonly FunctionName: string;
}

/** A transform of the user's own, known in its account and region by its name. */
export const macroType = (room: Room): ResourceType => {
  const { tables } = room;
  return defineResourceType<MacroProperties>({
    name: "AWS::CloudFormation::Macro",
    withoutEffect: {
      Description: "no operation tells of macros",
      LogGroupName: "what goes wrong in a macro is in its function's log, and in the stack's events",
      LogRoleARN: "nothing is written to logs on a macro's behalf",
    },
    read: readMacro(room),
    create: async (ctx, { Name, FunctionName }) => {
      const owner = tables.macros.get(Name);
      if (owner !== undefined && owner.stackId !== ctx.stackId) throw validationError(`Macro ${Name} already exists`);
      tables.macros.put(Name, { functionName: FunctionName, stackId: ctx.stackId });
      return { physicalId: Name, attributes: {} };
    },
    update: async (ctx, { physicalId }, { FunctionName }) => {
      tables.macros.put(physicalId, { functionName: FunctionName, stackId: ctx.stackId });
      return { physicalId, attributes: {} };
    },
    delete: async (_ctx, { physicalId }) => {
      tables.macros.delete(physicalId);
    },
  });
};
