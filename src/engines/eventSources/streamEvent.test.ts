import { expect, test } from "vitest";
import { streamEventText } from "./streamEvent.ts";

test("times of records are written as numbers with an exponent, and nothing else is", () => {
  const text = '"ApproximateCreationDateTime":1767225600';
  const NewImage = { ApproximateCreationDateTime: { N: "1767225600" }, text: { S: text } };
  const event = { Records: [{ dynamodb: { ApproximateCreationDateTime: 1_767_225_600, NewImage } }] };
  const written = streamEventText(event);
  expect(written).toContain('"dynamodb":{"ApproximateCreationDateTime":1.767225600E9,');
  expect(JSON.parse(written)).toEqual(event);
});
