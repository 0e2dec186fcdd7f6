import type { JsonObject } from "../../../kernel/json.ts";
import type { MacroAround } from "./macros.ts";

/** The SAM transform, loaded when a template first asks for it. */
export const expandSam = async (
  body: JsonObject,
  { region, partition, accountId, parameters }: MacroAround,
): Promise<JsonObject> => {
  const { transformSam } = await import("../transform/transform.ts");
  return transformSam(body, {
    region,
    partition,
    accountId,
    parameters: Object.fromEntries(parameters),
  });
};
