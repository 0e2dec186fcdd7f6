import { pagesByName } from "../../../kernel/paging.ts";
import { invalidParameter } from "../errors.ts";

/** One page of applications or endpoints. */
export const platformPage = pagesByName(() => invalidParameter("NextToken"));
