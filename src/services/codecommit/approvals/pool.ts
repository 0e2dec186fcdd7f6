/** Whether a person, by the ARN, is among the members of a pool, in which a star stands for anything. */
export const isInPool = (userArn: string, pool: readonly string[] | undefined): boolean =>
  pool === undefined || pool.some((member) => matches(userArn, member));

const SHORT = /^CodeCommitApprovers:(\d{12}):(.+)$/;

/**
 * AWS: a short member is an account's user, federated user or session of that name; a session's name alone counts only
 * behind a star, for its role stands before it.
 */
const matches = (userArn: string, member: string): boolean => {
  const [, account, name = ""] = SHORT.exec(member) ?? [];
  if (account === undefined) return glob(member).test(userArn);
  const [, , , owner, ...rest] = userArn.split(":");
  const accountOf = owner === "" ? rest[0] : owner;
  const resource = rest.at(-1) ?? "";
  if (accountOf !== account) return false;
  const bare = resource.replace(/^(?:user|federated-user|assumed-role)\//, "");
  return glob(name).test(bare) || (resource.startsWith("user/") && glob(name).test(bare.split("/").at(-1) ?? ""));
};

const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
