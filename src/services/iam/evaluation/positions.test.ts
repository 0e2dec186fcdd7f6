import { expect, test } from "vitest";
import { statementSpans } from "./positions.ts";

test("a statement alone, in one line", () => {
  const text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}';
  const [start, end] = [text.indexOf('{"Effect"') + 2, text.length];
  expect(statementSpans(text)).toEqual([
    { StartPosition: { Line: 1, Column: start }, EndPosition: { Line: 1, Column: end } },
  ]);
});

test("several, over lines indented by spaces or tabs", () => {
  const statements = [1, 2].map((n) => ({ Sid: `S${n}`, Effect: "Allow", Action: ["a:b", "c:d"], Resource: "*" }));
  for (const indent of ["  ", "\t"]) {
    const text = JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, indent);
    const column = indent.length * 2 + 2;
    expect(statementSpans(text)).toEqual([
      { StartPosition: { Line: 4, Column: column }, EndPosition: { Line: 12, Column: column } },
      { StartPosition: { Line: 13, Column: column }, EndPosition: { Line: 21, Column: column } },
    ]);
  }
});
