import { refuse } from "../api.ts";

/** Rules that nothing here would hold anybody to are refused. */
export const unbuilt = (what: string) => refuse(501, `aloft has not built the protection of branches by ${what} yet.`);
