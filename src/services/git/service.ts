import { defineService } from "../../kernel/rooms.ts";
import { iam } from "./iam.ts";
import { resumeMirrors } from "./mirror/follow.ts";
import { deleteRepository, updateRepository } from "./operations/changeRepository.ts";
import { createReadToken, getArchive, getCommit, putStatus, useConnection } from "./operations/commits.ts";
import { createRepository } from "./operations/createRepository.ts";
import { fillRepository } from "./operations/fillRepository.ts";
import { moveReference } from "./operations/moveReference.ts";
import { gitHubRepositoryType } from "./resources/gitHubRepository.ts";
import { openRoom, type Room } from "./room.ts";
import { resumeDeliveries } from "./webhooks/queue.ts";

/** The Git host, in the place of GitHub. */
export default defineService<Room, "git">({
  name: "git",
  model: {},
  scope: "partition",
  open: openRoom,
  operations: {
    CreateReadToken: createReadToken,
    CreateRepository: createRepository,
    DeleteRepository: deleteRepository,
    FillRepository: fillRepository,
    GetArchive: getArchive,
    GetCommit: getCommit,
    MoveReference: moveReference,
    PutStatus: putStatus,
    UpdateRepository: updateRepository,
    UseConnection: useConnection,
  },
  iam,
  resources: [gitHubRepositoryType],
  resume: (room) => {
    resumeDeliveries(room);
    resumeMirrors(room);
  },
  close: async ({ processes }) => processes[Symbol.asyncDispose](),
});
