import * as model from "@aws-sdk/client-codestar-connections";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import {
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  listTagsForResource,
  tagResource,
  untagResource,
} from "./operations/connections.ts";
import { connectionTypes } from "./resources/connection.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS CodeConnections, under its first name. */
export default defineService<Room, "codestar-connections">({
  name: "codestar-connections",
  model,
  scope: "region",
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
  iam,
  resources: connectionTypes,
});
