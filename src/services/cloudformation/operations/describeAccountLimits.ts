import { MAX_CONCURRENT_RESOURCES, MAX_STACKS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { MAX_OUTPUTS } from "../template/limits.ts";

export const describeAccountLimits =
  (_room: Room): Operation<"DescribeAccountLimits"> =>
  async () => ({
    AccountLimits: [
      { Name: "StackLimit", Value: MAX_STACKS },
      { Name: "StackOutputsLimit", Value: MAX_OUTPUTS },
      { Name: "ConcurrentResourcesLimit", Value: MAX_CONCURRENT_RESOURCES },
    ],
  });
