import { invalidArgument } from "./errors.ts";

/** A continuation token: the name of the last entry of a page, made opaque. */
export const sealToken = (name: string): string => Buffer.from(JSON.stringify([name])).toString("base64url");

/** The name in a token. Throws InvalidArgument for one that this S3 did not give. */
export const openToken = (token: string): string => {
  try {
    const [name] = JSON.parse(Buffer.from(token, "base64url").toString());
    if (typeof name === "string") return name;
  } catch {
    // Not a token of ours: answered below as AWS does.
  }
  throw invalidArgument("The continuation token provided is incorrect", "continuation-token");
};
