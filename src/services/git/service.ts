import { defineService } from "../../kernel/rooms.ts";
import { iam } from "./iam.ts";
import { getArchive, getCommit, putStatus, useConnection } from "./operations/commits.ts";
import { createRepository, deleteRepository } from "./operations/repositories.ts";
import { gitHubRepositoryType } from "./resources/gitHubRepository.ts";
import { openRoom, type Room } from "./room.ts";

/** The Git host, in the place of GitHub. */
export default defineService<Room, "git">({
  name: "git",
  model: {},
  scope: "partition",
  open: openRoom,
  operations: {
    CreateRepository: createRepository,
    DeleteRepository: deleteRepository,
    GetArchive: getArchive,
    GetCommit: getCommit,
    PutStatus: putStatus,
    UseConnection: useConnection,
  },
  iam,
  resources: [gitHubRepositoryType],
  close: async ({ processes }) => processes[Symbol.asyncDispose](),
});
