import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../kernel/json.ts";
import { type Principal, rootOf } from "../../../kernel/principal.ts";
import { compilePolicy } from "./compile.ts";
import { type ApplicablePolicies, type EvaluationRequest, evaluate, type PolicyType } from "./evaluate.ts";

const ACCOUNT = "111122223333";
const OTHER = "444455556666";
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/Facts`;

const user: Principal = {
  kind: "user",
  account: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/ada`,
  userId: "AIDAADAADAADAADAADAAD",
  userName: "ada",
};
const session: Principal = {
  kind: "role",
  account: ACCOUNT,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`,
  userId: "AROAAPPAPPAPPAPPAPPAP:one",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/path/app`,
  roleName: "app",
  sessionName: "one",
};
const lambda: Principal = { kind: "service", account: ACCOUNT, service: "lambda.amazonaws.com" };
const nobody: Principal = { kind: "anonymous", account: ACCOUNT };

const policy = (...statements: readonly JsonObject[]) => ({
  source: "p",
  policy: compilePolicy({ Version: "2012-10-17", Statement: statements }),
});
const allow = (more: JsonObject = {}): JsonObject => ({
  Effect: "Allow",
  Action: "dynamodb:*",
  Resource: "*",
  ...more,
});
const deny = (more: JsonObject = {}): JsonObject => ({ ...allow(more), Effect: "Deny" });
const on = (type: "resource" | "trust" | "key", ...statements: readonly JsonObject[]) => ({
  ...policy(...statements),
  type,
});
const aws = (...names: readonly string[]): JsonObject => ({ Principal: { AWS: names } });

const nothing: ApplicablePolicies = { identity: [] };
const decide = (principal: Principal, policies: Partial<ApplicablePolicies>, more: Partial<EvaluationRequest> = {}) => {
  const request = { principal, action: "dynamodb:PutItem", resource: TABLE, context: new Map(), ...more };
  const evaluation = evaluate(request, { ...nothing, ...policies });
  return evaluation.decision === "allowed" ? "allowed" : `${evaluation.decision} ${evaluation.deniedBy}`;
};
const lacks = (type: PolicyType) => `implicitDeny ${type}`;
const denied = (type: PolicyType) => `explicitDeny ${type}`;

describe("identity policies", () => {
  test("nothing is allowed by default", () => {
    expect(decide(user, {})).toBe(lacks("identity"));
  });

  test("one allow suffices, one deny forbids", () => {
    expect(decide(user, { identity: [policy(), policy(allow())] })).toBe("allowed");
    expect(decide(user, { identity: [policy(allow()), policy(deny())] })).toBe(denied("identity"));
  });

  test("actions are compared without regard to case", () => {
    expect(decide(user, { identity: [policy(allow({ Action: "DynamoDB:putitem" }))] })).toBe("allowed");
    expect(decide(user, { identity: [policy(allow({ Action: ["dynamodb:Get*", "s3:*"] }))] })).toBe(lacks("identity"));
  });

  test("NotAction and NotResource speak of the rest", () => {
    const notAction = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };
    expect(decide(user, { identity: [policy(notAction)] })).toBe("allowed");
    expect(decide(user, { identity: [policy(notAction)] }, { action: "iam:GetUser" })).toBe(lacks("identity"));
    const notResource = { Effect: "Allow", Action: "*", NotResource: TABLE };
    expect(decide(user, { identity: [policy(notResource)] })).toBe(lacks("identity"));
    expect(decide(user, { identity: [policy(notResource)] }, { resource: `${TABLE}2` })).toBe("allowed");
  });

  test("an action without a resource needs an allow of everything", () => {
    expect(decide(user, { identity: [policy(allow({ Resource: TABLE }))] }, { resource: "*" })).toBe(lacks("identity"));
    expect(decide(user, { identity: [policy(allow())] }, { resource: "*" })).toBe("allowed");
  });

  test("conditions and variables see the request", () => {
    const own = policy(allow({ Resource: "arn:aws:dynamodb:*:*:table/${aws:username}" }));
    const context = new Map([["aws:username", ["Facts"]]]);
    expect(decide(user, { identity: [own] }, { context })).toBe("allowed");
    expect(decide(user, { identity: [own] })).toBe(lacks("identity"));
  });

  test("the account's root needs none", () => {
    expect(decide(rootOf(ACCOUNT), {})).toBe("allowed");
    expect(decide(rootOf(ACCOUNT), { resource: on("resource", deny({ Principal: "*" })) })).toBe(denied("resource"));
  });
});

describe("boundaries and session policies", () => {
  const identity = [policy(allow())];

  test("limit what identity policies allow and grant nothing themselves", () => {
    expect(decide(session, { identity, boundary: policy(allow()) })).toBe("allowed");
    expect(decide(session, { identity, boundary: policy() })).toBe(lacks("boundary"));
    expect(decide(session, { boundary: policy(allow()) })).toBe(lacks("identity"));
    expect(decide(session, { identity, session: [policy(), policy(allow())] })).toBe("allowed");
    expect(decide(session, { identity, session: [policy()] })).toBe(lacks("session"));
    expect(decide(session, { identity, session: [] })).toBe(lacks("session"));
  });

  test("their denies are explicit", () => {
    expect(decide(session, { identity, boundary: policy(allow(), deny()) })).toBe(denied("boundary"));
    expect(decide(session, { identity, session: [policy(allow(), deny())] })).toBe(denied("session"));
  });
});

describe("resource policies within the account", () => {
  const limits = { boundary: policy(), session: [policy()] };

  test("naming the user or the session grants on its own, past boundary and session policies", () => {
    expect(decide(user, { resource: on("resource", allow(aws(user.arn))), boundary: policy() })).toBe("allowed");
    expect(decide(session, { resource: on("resource", allow(aws(session.arn))), ...limits })).toBe("allowed");
    expect(decide(session, { resource: on("resource", allow({ Principal: "*" })), ...limits })).toBe("allowed");
  });

  test("naming the role grants within boundary and session policies", () => {
    const resource = on("resource", allow(aws(session.roleArn)));
    expect(decide(session, { resource })).toBe("allowed");
    expect(decide(session, { resource, boundary: policy() })).toBe(lacks("boundary"));
    expect(decide(session, { resource, session: [policy()] })).toBe(lacks("session"));
    expect(decide(session, { resource: on("resource", allow(aws("AROAAPPAPPAPPAPPAPPAP"))) })).toBe("allowed");
  });

  test("naming the account leaves the decision to identity policies", () => {
    for (const name of [ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`]) {
      const resource = on("resource", allow(aws(name)));
      expect(decide(user, { resource })).toBe(lacks("identity"));
      expect(decide(user, { resource, identity: [policy(allow())] })).toBe("allowed");
    }
  });

  test("a deny that names the account denies everyone in it", () => {
    const resource = on("resource", deny(aws(ACCOUNT)));
    expect(decide(user, { resource, identity: [policy(allow())] })).toBe(denied("resource"));
  });

  test("one that names others says nothing", () => {
    const resource = on("resource", allow(aws(`arn:aws:iam::${ACCOUNT}:user/bob`)));
    expect(decide(user, { resource })).toBe(lacks("identity"));
  });

  test("services and nobody have resource policies only", () => {
    const service = (name: string) => on("resource", allow({ Principal: { Service: name } }));
    expect(decide(lambda, { resource: service("lambda.amazonaws.com") })).toBe("allowed");
    expect(decide(lambda, { resource: service("lambda.eu-west-1.amazonaws.com") })).toBe("allowed");
    expect(decide(lambda, { resource: service("sns.amazonaws.com") })).toBe(lacks("resource"));
    expect(decide(lambda, { identity: [policy(allow())] })).toBe(lacks("resource"));
    expect(decide(nobody, { resource: on("resource", allow(aws("*"))) })).toBe("allowed");
    expect(decide(nobody, { resource: on("resource", allow(aws(ACCOUNT))) })).toBe(lacks("resource"));
  });
});

describe("trust and key policies", () => {
  test("must allow themselves, whatever identity policies say", () => {
    const identity = [policy(allow())];
    expect(decide(user, { identity, resource: on("trust") })).toBe(lacks("trust"));
    expect(decide(user, { identity, resource: on("key", allow(aws(ACCOUNT))) })).toBe("allowed");
    expect(decide(user, { resource: on("trust", allow(aws(ACCOUNT))) })).toBe(lacks("identity"));
    expect(decide(user, { resource: on("trust", allow(aws(user.arn))) })).toBe("allowed");
    expect(decide(rootOf(ACCOUNT), { resource: on("key") })).toBe(lacks("key"));
  });

  test("a trust policy has no resource of its own", () => {
    const trust = on("trust", {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    expect(decide(lambda, { resource: trust }, { action: "sts:AssumeRole" })).toBe("allowed");
  });
});

describe("across accounts", () => {
  const foreign = { resourceAccount: OTHER };
  const identity = [policy(allow())];

  test("both sides must allow", () => {
    const resource = on("resource", allow(aws(user.arn)));
    expect(decide(user, { identity, resource }, foreign)).toBe("allowed");
    expect(decide(user, { resource }, foreign)).toBe(lacks("identity"));
    expect(decide(user, { identity }, foreign)).toBe(lacks("resource"));
    expect(decide(user, { identity, resource: on("resource", allow(aws(ACCOUNT))) }, foreign)).toBe("allowed");
    expect(decide(user, { identity, resource: on("resource", allow(aws(OTHER))) }, foreign)).toBe(lacks("resource"));
  });

  test("naming the session does not spare its limits", () => {
    const resource = on("resource", allow(aws(session.arn)));
    expect(decide(session, { identity, resource, boundary: policy() }, foreign)).toBe(lacks("boundary"));
    expect(decide(session, { identity, resource, session: [policy()] }, foreign)).toBe(lacks("session"));
  });

  test("a foreign root is an administrator at home only", () => {
    expect(decide(rootOf(ACCOUNT), {}, foreign)).toBe(lacks("resource"));
    expect(decide(rootOf(ACCOUNT), { resource: on("resource", allow(aws(ACCOUNT))) }, foreign)).toBe("allowed");
  });
});

describe("NotPrincipal", () => {
  const root = `arn:aws:iam::${ACCOUNT}:root`;
  const identity = [policy(allow())];
  const sparing = (...names: readonly string[]) => on("resource", deny({ NotPrincipal: { AWS: names } }));

  test("spares a user listed with its account, and a session listed with its role and account", () => {
    expect(decide(user, { identity, resource: sparing(user.arn, root) })).toBe("allowed");
    expect(decide(user, { identity, resource: sparing(user.arn) })).toBe(denied("resource"));
    expect(decide(session, { identity, resource: sparing(session.arn, session.roleArn, root) })).toBe("allowed");
    expect(decide(session, { identity, resource: sparing(session.roleArn, root) })).toBe(denied("resource"));
  });

  test("denies whoever has a boundary", () => {
    const resource = sparing(user.arn, root);
    expect(decide(user, { identity, resource, boundary: policy(allow()) })).toBe(denied("resource"));
  });

  test("with Allow, grants to everyone not listed", () => {
    const resource = on("resource", allow({ NotPrincipal: { AWS: [user.arn] } }));
    expect(decide(user, { resource })).toBe(lacks("identity"));
    expect(decide(session, { resource })).toBe("allowed");
  });
});

describe("the statements that matched", () => {
  test("are told with the policy they come from", () => {
    const policies = {
      identity: [
        { ...policy({ Sid: "no", ...deny({ Action: "s3:*" }) }, { Sid: "yes", ...allow() }), source: "inline" },
      ],
      resource: { ...on("resource", allow(aws(user.arn))), source: "table" },
    };
    const request = { principal: user, action: "dynamodb:PutItem", resource: TABLE, context: new Map() };
    expect(evaluate(request, policies)).toEqual({
      decision: "allowed",
      matched: [
        { type: "identity", source: "inline", effect: "Allow", index: 1, sid: "yes" },
        { type: "resource", source: "table", effect: "Allow", index: 0, sid: undefined },
      ],
    });
  });
});
