import { pagesByName, pagesByPlace } from "../../kernel/paging.ts";
import { validationError } from "./errors.ts";

const refuse = () => validationError("Invalid NextToken");

/** One page of a list of this service. */
export const page = pagesByPlace(refuse);

/** One page of a list that may have grown at its beginning when the next page is asked for. */
export const pageOfGrowing = pagesByName(refuse);
