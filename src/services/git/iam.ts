import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

/** GitHub asks for a token, not for permissions of AWS; only a connection is asked for by one. */
const none = () => [];

export const iam: IamTable<Room, "git"> = {
  CreateReadToken: none,
  CreateRepository: none,
  DeleteRepository: none,
  FillRepository: none,
  GetCommit: none,
  GetArchive: none,
  MoveReference: none,
  PutStatus: none,
  UpdateRepository: none,
  // AWS: connections of the older name are allowed by its prefix, newer ones by their own.
  UseConnection: (_room, _ctx, { connectionArn, fullRepositoryId }) => {
    const prefix = connectionArn.split(":")[2] ?? "codestar-connections";
    return {
      action: `${prefix}:UseConnection`,
      resource: connectionArn,
      conditions: { [`${prefix}:FullRepositoryId`]: fullRepositoryId },
    };
  },
};
