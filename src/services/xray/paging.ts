import { pagesByName, pagesByPlace } from "../../kernel/paging.ts";
import { invalidNextToken } from "./errors.ts";

/** One page of a list of this service. */
export const page = pagesByName(invalidNextToken);

/** The same of what is made anew for each request. */
export const pageAt = pagesByPlace(invalidNextToken);
