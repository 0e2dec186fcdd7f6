import { ok, type RepositoryRoute, refuse } from "./api.ts";

const none: RepositoryRoute[1] = async () => ok([]);

/** https://docs.github.com/en/rest/repos/rules: rules are those of protected branches, and there are no sets of them. */
export const rulesetRoutes: readonly RepositoryRoute[] = [
  ["GET /rulesets", none],
  ["GET /rules/branches/**", none],
  [
    "POST /rulesets",
    async () => {
      throw refuse(501, "aloft has not built rulesets: protect the branch instead.");
    },
  ],
];
