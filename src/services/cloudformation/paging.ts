import { pagesByPlace } from "../../kernel/paging.ts";
import { validationError } from "./errors.ts";

/** One page of a list of this service. */
export const page = pagesByPlace(() => validationError("Invalid NextToken"));
