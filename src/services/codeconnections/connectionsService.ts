import * as model from "@aws-sdk/client-codestar-connections";
import type { Service } from "../../kernel/service.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iamUnder } from "./iam.ts";
import type { Name } from "./names.ts";
import {
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  listTagsForResource,
  tagResource,
  untagResource,
} from "./operations/connections.ts";
import { connectionType } from "./resources/connection.ts";
import { openRoom, type Room } from "./room.ts";

/** The service under one of its names: both know all connections, and what one makes has its name in the ARN. */
export const connectionsService = (name: Name): Service<Room, Name> => ({
  name,
  model,
  scope: "region",
  stateOf: "codestar-connections",
  constraints,
  open: openRoom,
  operations: {
    CreateConnection: createConnection,
    DeleteConnection: deleteConnection,
    GetConnection: getConnection,
    ListConnections: listConnections,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
  iam: iamUnder(name),
  resources: [connectionType(name)],
});
