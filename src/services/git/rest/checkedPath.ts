import { refuse } from "./api.ts";

/** GitHub: "path cannot start with a slash", and none may climb or hide in git's own folder. */
export const checkedPath = (path: string): string => {
  const trimmed = path.replace(/\/+$/, "");
  const parts = trimmed.split("/");
  const isMalformed = trimmed !== "" && parts.some((part) => part === "" || part === "." || part === "..");
  if (isMalformed || trimmed.includes("\0")) throw refuse(422, "path contains a malformed path component");
  if (parts.some((part) => part.toLowerCase() === ".git"))
    throw refuse(422, "path contains a malformed path component");
  return trimmed;
};
