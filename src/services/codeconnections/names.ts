/** The service's name by now, and its first one, which stays in use. */
export type Name = "codeconnections" | "codestar-connections";
