import { expect, test } from "vitest";
import { gitSignature } from "../../wire/signature/gitSignature.ts";
import type { Io } from "../io.ts";
import { runAws } from "../run.ts";

const helped = async (words: readonly string[], asked: string, credentials: object) => {
  let out = "";
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: () => {},
    env: { AWS_REGION: "eu-west-1" },
    cwd: "/",
    stdin: async () => Buffer.from(asked),
    clientConfig: { credentials },
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    sleep: async () => {},
  };
  expect(await runAws(["codecommit", "credential-helper", ...words], io)).toBe(0);
  return out;
};

const KEYS = { accessKeyId: "AKIA", secretAccessKey: "secret" };
const asking = (host: string) => `protocol=https\nhost=${host}\npath=v1/repos/app\n\n`;

test("git is told a name and a signature", async () => {
  const host = "git-codecommit.us-east-1.amazonaws.com";
  const signed = { time: "20260102T030405", region: "us-east-1", host, path: "/v1/repos/app" };
  const password = `20260102T030405Z${gitSignature("secret", signed)}`;
  expect(await helped(["get"], asking(host), KEYS)).toBe(`username=AKIA\npassword=${password}\n\n`);
  const session = { ...KEYS, sessionToken: "token" };
  expect(await helped(["get"], asking(host), session)).toBe(`username=AKIA%token\npassword=${password}\n\n`);
});

test("other hosts are told nothing unless that is asked for, and nothing is kept", async () => {
  expect(await helped(["get"], asking("example.com"), KEYS)).toBe("");
  expect(await helped(["--ignore-host-check", "get"], asking("example.com:8080"), KEYS)).toContain("username=AKIA\n");
  expect(await helped(["get"], asking("git-codecommit.us-east-1.localhost:4566"), KEYS)).toContain("username=AKIA\n");
  expect(await helped(["store"], asking("git-codecommit.us-east-1.amazonaws.com"), KEYS)).toBe("");
});
