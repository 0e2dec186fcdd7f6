import * as model from "@aws-sdk/client-ssm";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { deleteParameter, deleteParameters } from "./operations/deleteParameters.ts";
import { describeParameters } from "./operations/describeParameters.ts";
import { getParameter, getParameterHistory, getParameters, getParametersByPath } from "./operations/getParameters.ts";
import { labelParameterVersion, unlabelParameterVersion } from "./operations/labels.ts";
import { putParameter } from "./operations/putParameter.ts";
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from "./operations/tags.ts";
import { applyDuePolicy } from "./policies/enforce.ts";
import { parameterType } from "./resources/parameter.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS Systems Manager, as far as its Parameter Store. */
export default defineService<Room, "ssm">({
  name: "ssm",
  model,
  scope: "region",
  constraints,
  open: (deps) => {
    const room = openRoom(deps, applyDuePolicy);
    room.agenda.resume();
    return room;
  },
  close: async (room) => room.agenda.close(),
  operations: {
    AddTagsToResource: addTagsToResource,
    DeleteParameter: deleteParameter,
    DeleteParameters: deleteParameters,
    DescribeParameters: describeParameters,
    GetParameter: getParameter,
    GetParameterHistory: getParameterHistory,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    LabelParameterVersion: labelParameterVersion,
    ListTagsForResource: listTagsForResource,
    PutParameter: putParameter,
    RemoveTagsFromResource: removeTagsFromResource,
    UnlabelParameterVersion: unlabelParameterVersion,
  },
  iam,
  resources: [parameterType],
});
