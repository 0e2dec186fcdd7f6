import { pagesByName } from "../../kernel/paging.ts";
import { invalidNextToken } from "./errors.ts";

/** One page of a list of this service. */
export const page = pagesByName(invalidNextToken);
