import type { Rooms } from "../../kernel/rooms.ts";

interface Place {
  readonly account: string;
  readonly region: string;
}

/** Lets CloudWatch put away what was recorded in a place; it is loaded for it. */
export const keepMetrics = async (rooms: Rooms, { account, region }: Place): Promise<void> => {
  const room = (await rooms.open("cloudwatch", account, region))?.room.room;
  const [{ isCloudWatchRoom }, { gather }] = await Promise.all([import("./room.ts"), import("./metrics/gather.ts")]);
  if (isCloudWatchRoom(room)) gather(room);
};
