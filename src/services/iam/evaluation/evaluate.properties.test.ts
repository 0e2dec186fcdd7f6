import fc from "fast-check";
import { describe, test } from "vitest";
import type { JsonObject } from "../../../kernel/json.ts";
import type { Principal } from "../../../kernel/principal.ts";
import { compilePolicy } from "./compile.ts";
import { type ApplicablePolicies, type EvaluationRequest, evaluate } from "./evaluate.ts";

const ACCOUNTS = ["111122223333", "444455556666"] as const;
const ACTIONS = ["s3:GetObject", "s3:PutObject", "sqs:SendMessage"] as const;
const RESOURCES = ["arn:aws:s3:::b/a", "arn:aws:s3:::b/b", "arn:aws:sqs:eu-west-1:111122223333:q"] as const;

const principal: fc.Arbitrary<Principal> = fc.constantFrom<Principal>(
  { kind: "root", account: ACCOUNTS[0], arn: `arn:aws:iam::${ACCOUNTS[0]}:root`, userId: ACCOUNTS[0] },
  { kind: "user", account: ACCOUNTS[0], arn: `arn:aws:iam::${ACCOUNTS[0]}:user/u`, userId: "AIDAUUUUU", userName: "u" },
  {
    kind: "role",
    account: ACCOUNTS[0],
    arn: `arn:aws:sts::${ACCOUNTS[0]}:assumed-role/r/s`,
    userId: "AROARRRRR:s",
    roleArn: `arn:aws:iam::${ACCOUNTS[0]}:role/r`,
    roleName: "r",
    sessionName: "s",
  },
  { kind: "service", account: ACCOUNTS[0], service: "sns.amazonaws.com" },
  { kind: "anonymous", account: ACCOUNTS[0] },
);

const names = fc.oneof(
  fc.constant<JsonObject>({ Principal: "*" }),
  fc.constant<JsonObject>({ Principal: { Service: "sns.amazonaws.com" } }),
  fc
    .subarray([
      ACCOUNTS[0],
      `arn:aws:iam::${ACCOUNTS[0]}:user/u`,
      `arn:aws:iam::${ACCOUNTS[0]}:role/r`,
      `arn:aws:sts::${ACCOUNTS[0]}:assumed-role/r/s`,
    ])
    .map((AWS): JsonObject => ({ Principal: { AWS } })),
);

const statement = (effect: fc.Arbitrary<string>): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      Effect: effect,
      Action: fc.subarray(["*", "s3:*", "s3:Get*", ...ACTIONS], { minLength: 1 }),
      Resource: fc.subarray(["*", "arn:aws:s3:::b/*", "arn:aws:sqs", ...RESOURCES], { minLength: 1 }),
      Condition: fc.constantFrom<JsonObject>(
        {},
        { Bool: { "aws:SecureTransport": "true" } },
        { Null: { "aws:x": "false" } },
      ),
      who: names,
    })
    .map(({ who, ...rest }) => ({ ...rest, ...who }));

const anyStatement = statement(fc.constantFrom("Allow", "Deny"));
const documents = fc.array(anyStatement, { maxLength: 3 });

interface Documents {
  readonly identity: readonly JsonObject[];
  readonly boundary: readonly JsonObject[] | undefined;
  readonly session: readonly JsonObject[] | undefined;
  readonly resource: readonly JsonObject[] | undefined;
  readonly type: "resource" | "trust" | "key";
}

const applicable: fc.Arbitrary<Documents> = fc.record({
  identity: documents,
  boundary: fc.option(documents, { nil: undefined }),
  session: fc.option(documents, { nil: undefined }),
  resource: fc.option(documents, { nil: undefined }),
  type: fc.constantFrom("resource", "trust", "key"),
});

const request: fc.Arbitrary<EvaluationRequest> = fc.record({
  principal,
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom(...RESOURCES),
  resourceAccount: fc.constantFrom(undefined, ...ACCOUNTS),
  context: fc.constantFrom(new Map(), new Map([["aws:securetransport", ["true"]]])),
});

const attached = (source: string, statements: readonly JsonObject[]) => ({
  source,
  policy: compilePolicy({ Version: "2012-10-17", Statement: statements }),
});

const compiled = ({ identity, boundary, session, resource, type }: Documents): ApplicablePolicies => ({
  identity: [attached("identity", identity)],
  boundary: boundary && attached("boundary", boundary),
  session: session && [attached("session", session)],
  resource: resource && { ...attached("resource", resource), type },
});

const isAllowed = (asked: EvaluationRequest, policies: Documents) =>
  evaluate(asked, compiled(policies)).decision === "allowed";

const LISTS = ["identity", "boundary", "session", "resource"] as const;
/** The same policies with one statement more in one list that is already there. */
const withOneMore = (policies: Documents, list: (typeof LISTS)[number], more: JsonObject): Documents =>
  policies[list] === undefined ? policies : { ...policies, [list]: [...policies[list], more] };

describe("evaluation", () => {
  test("a matching deny always wins", () => {
    fc.assert(
      fc.property(request, applicable, (asked, policies) => {
        const { decision, matched } = evaluate(asked, compiled(policies));
        return matched.some(({ effect }) => effect === "Deny") === (decision === "explicitDeny");
      }),
      { numRuns: 1_000 },
    );
  });

  test("one allow more never takes anything away", () => {
    fc.assert(
      fc.property(
        request,
        applicable,
        fc.constantFrom(...LISTS),
        statement(fc.constant("Allow")),
        (asked, policies, list, more) =>
          !isAllowed(asked, policies) || isAllowed(asked, withOneMore(policies, list, more)),
      ),
      { numRuns: 1_000 },
    );
  });

  test("one deny more never gives anything", () => {
    fc.assert(
      fc.property(
        request,
        applicable,
        fc.constantFrom(...LISTS),
        statement(fc.constant("Deny")),
        (asked, policies, list, more) =>
          isAllowed(asked, policies) || !isAllowed(asked, withOneMore(policies, list, more)),
      ),
      { numRuns: 1_000 },
    );
  });

  test("a boundary or a session policy never gives anything", () => {
    fc.assert(
      fc.property(
        request,
        applicable,
        (asked, policies) =>
          !isAllowed(asked, policies) || isAllowed(asked, { ...policies, boundary: undefined, session: undefined }),
      ),
      { numRuns: 1_000 },
    );
  });

  test("nothing is allowed without a statement that allows, but to root", () => {
    fc.assert(
      fc.property(request, applicable, (asked, policies) => {
        const { decision, matched } = evaluate(asked, compiled(policies));
        if (decision !== "allowed" || asked.principal.kind === "root") return true;
        return matched.some(({ effect, type }) => effect === "Allow" && type !== "boundary" && type !== "session");
      }),
      { numRuns: 1_000 },
    );
  });
});
