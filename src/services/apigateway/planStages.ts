import { partsOf } from "./find.ts";
import type { Room } from "./room.ts";

/** Takes a stage, or all of an API's, out of the usage plans: what is deleted is in none. */
export const leavePlans = ({ usagePlans }: Pick<Room, "usagePlans">, apiId: string, stageName?: string): void => {
  for (const plan of partsOf(usagePlans)) {
    const { apiStages = [] } = plan;
    const kept = apiStages.filter((one) => one.apiId !== apiId || (stageName !== undefined && one.stage !== stageName));
    if (kept.length < apiStages.length) usagePlans.put(plan.id, { ...plan, apiStages: kept });
  }
};
