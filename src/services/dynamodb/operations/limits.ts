import type { Operation, Room } from "../room.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html: an account's initial quotas. */
const ACCOUNT_UNITS = 80_000;
const TABLE_UNITS = 40_000;
/** How long clients keep the endpoint they were told. */
const ENDPOINT_CACHE_MINUTES = 1440;

export const describeLimits = (): Operation<"DescribeLimits"> => async () => ({
  AccountMaxReadCapacityUnits: ACCOUNT_UNITS,
  AccountMaxWriteCapacityUnits: ACCOUNT_UNITS,
  TableMaxReadCapacityUnits: TABLE_UNITS,
  TableMaxWriteCapacityUnits: TABLE_UNITS,
});

export const describeEndpoints =
  ({ endpoint }: Pick<Room, "endpoint">): Operation<"DescribeEndpoints"> =>
  async () => ({ Endpoints: [{ Address: new URL(endpoint()).host, CachePeriodInMinutes: ENDPOINT_CACHE_MINUTES }] });
