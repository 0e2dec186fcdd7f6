import { call } from "../api/call.ts";

/** Whether a log group is there. One is made with the first line, and reading it before that would be a refused call. */
export const hasGroup = async (group: string): Promise<boolean> => {
  const { logGroups = [] } = await call("logs", "DescribeLogGroups", { logGroupNamePrefix: group });
  return logGroups.some(({ logGroupName }) => logGroupName === group);
};

/** The same for one of its streams. */
export const hasStream = async (group: string, stream: string): Promise<boolean> => {
  if (!(await hasGroup(group))) return false;
  const input = { logGroupName: group, logStreamNamePrefix: stream };
  const { logStreams = [] } = await call("logs", "DescribeLogStreams", input);
  return logStreams.some(({ logStreamName }) => logStreamName === stream);
};
