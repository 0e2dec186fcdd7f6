import { expect, test } from "vitest";
import { repositoryNameOf } from "./repositoryName.ts";

test.each([
  ["https://github.com/owner/app.git", { owner: "owner", name: "app" }],
  ["https://github.com/owner/app/", { owner: "owner", name: "app" }],
  ["git@github.com:owner/app.git", { owner: "owner", name: "app" }],
  ["http://127.0.0.1:4566/git/owner/app.git", { owner: "owner", name: "app" }],
  ["https://git-codecommit.us-east-1.amazonaws.com/v1/repos/app", { owner: "codecommit-1-us-east-1", name: "app" }],
  ["http://git-codecommit.eu-west-1.localhost:4566/v1/repos/App.x", { owner: "codecommit-1-eu-west-1", name: "App.x" }],
  ["http://127.0.0.1:4566/v1/repos/app.git", { owner: "codecommit-1-us-west-2", name: "app" }],
  ["https://github.com/app", undefined],
  ["", undefined],
])("%s", (location, expected) => {
  expect(repositoryNameOf(location, { account: "1", region: "us-west-2" })).toEqual(expected);
});
