import { errorCode } from "../../../kernel/errors.ts";

/** Runs a deletion; what is already gone is as good as deleted. */
export const orGone = async (deletion: Promise<unknown>): Promise<void> => {
  try {
    await deletion;
  } catch (error) {
    if (errorCode(error) !== "NotFoundException") throw error;
  }
};
