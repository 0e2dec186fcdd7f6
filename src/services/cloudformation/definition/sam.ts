import { errorMessage } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { type MacroAround, SAM, TransformFailed } from "./transformFailed.ts";

/** The SAM transform, loaded when a template first asks for it. */
export const expandSam = async (
  body: JsonObject,
  { region, partition, accountId, parameters }: MacroAround,
): Promise<JsonObject> => {
  const { transformSam } = await import("../transform/transform.ts");
  try {
    return transformSam(body, { region, partition, accountId, parameters: Object.fromEntries(parameters) });
  } catch (error) {
    if (!(error instanceof Error && error.name === "InvalidSamTemplate")) throw error;
    throw new TransformFailed(SAM, errorMessage(error));
  }
};
