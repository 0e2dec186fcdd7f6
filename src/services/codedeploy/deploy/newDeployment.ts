import type { DeploymentRecord, EventName } from "../records.ts";
import type { Room } from "../room.ts";

type Request = Omit<
  DeploymentRecord,
  "id" | "status" | "events" | "weight" | "createdAt" | "updatedAt" | "startedAt" | "completedAt"
>;

const EVENTS: readonly EventName[] = ["BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"];

/** A deployment on its first moment. */
export const newDeployment = ({ deps }: Room, request: Request): DeploymentRecord => ({
  ...request,
  id: `d-${deps.ids.upper(9)}`,
  status: "Created",
  events: request.platform === "Lambda" ? EVENTS.map((name) => ({ name, status: "Pending" })) : [],
  weight: 0,
  createdAt: deps.clock.now(),
  updatedAt: deps.clock.now(),
});
