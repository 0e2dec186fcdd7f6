import { pagesByName } from "../../kernel/paging.ts";
import { invalidToken } from "./errors.ts";

/** One page of a list of this service. */
export const page = pagesByName(invalidToken);
