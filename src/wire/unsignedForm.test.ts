import { expect, test } from "vitest";
import { ask } from "../../test/ask.ts";
import { testCloud } from "../../test/harness.ts";

const post = async (form: string, auth: "strict" | "open" = "strict") => {
  await using cloud = await testCloud({ auth });
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return ask(cloud, { method: "POST", headers, body: form });
};

test("a form without a signature finds its service by its body, and is refused in that service's words", async () => {
  const answer = await post("Action=GetCallerIdentity&Version=2011-06-15");
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">');
  expect(answer.text).toContain("<Code>MissingAuthenticationToken</Code>");
});

test("an operation that needs no signature is asked, with what is wrong about its input", async () => {
  const answer = await post("Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=one");
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("<Code>ValidationError</Code>");
});

test("a refusal that quotes what no document can hold is one that can be read", async () => {
  const answer = await post("Action=GetUser&Version=2010-05-08&UserName=%00", "open");
  expect(answer.text).toContain("\ufffd");
  expect(answer.text).not.toContain("&#x0;");
});

test("a form too large to be one names nobody", async () => {
  expect((await post(`Action=GetCallerIdentity&Version=2011-06-15&A=${"a".repeat(2 ** 20)}`)).status).toBe(404);
});
