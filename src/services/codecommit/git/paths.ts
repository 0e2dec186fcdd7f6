import { refusal } from "../errors.ts";

/** A path within a repository, without the slash it may begin or end with; the root is empty. Throws for what is none. */
export const pathOf = (given: string): string => {
  const path = given.replace(/^\/+|\/+$/g, "");
  const parts = path.split("/");
  if (path !== "" && parts.some((part) => /^(?:|\.|\.\.|\.git)$/i.test(part) || part.includes("\0")))
    throw refusal("InvalidPath");
  return path;
};

/** The path of a file. */
export const filePathOf = (given: string): string => {
  const path = pathOf(given);
  if (path === "") throw refusal("PathRequired");
  return path;
};

/** A path's own name. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
