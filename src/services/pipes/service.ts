import * as model from "@aws-sdk/client-pipes";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { resumePipes } from "./lifecycle/settle.ts";
import { createPipe } from "./operations/createPipe.ts";
import { deletePipe, startPipe, stopPipe } from "./operations/desiredState.ts";
import { describePipe, listPipes } from "./operations/read.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { updatePipe } from "./operations/updatePipe.ts";
import { pipeType } from "./resources/pipe.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon EventBridge Pipes. */
export default defineService<Room, "pipes">({
  name: "pipes",
  model,
  scope: "region",
  constraints,
  open: openRoom,
  operations: {
    CreatePipe: createPipe,
    DeletePipe: deletePipe,
    DescribePipe: describePipe,
    ListPipes: listPipes,
    ListTagsForResource: listTagsForResource,
    StartPipe: startPipe,
    StopPipe: stopPipe,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdatePipe: updatePipe,
  },
  iam,
  resources: [pipeType],
  resume: resumePipes,
  close: async ({ polling }) => polling.stopAll(),
});
