import { expect, test } from "vitest";
import { repositoryNameOf } from "./repositoryName.ts";

test.each([
  ["https://github.com/owner/app.git", { owner: "owner", name: "app" }],
  ["https://github.com/owner/app/", { owner: "owner", name: "app" }],
  ["git@github.com:owner/app.git", { owner: "owner", name: "app" }],
  ["http://127.0.0.1:4566/git/owner/app.git", { owner: "owner", name: "app" }],
  ["https://git-codecommit.us-east-1.amazonaws.com/v1/repos/app", { owner: "codecommit", name: "app" }],
  ["", undefined],
])("%s", (location, expected) => {
  expect(repositoryNameOf(location)).toEqual(expected);
});
