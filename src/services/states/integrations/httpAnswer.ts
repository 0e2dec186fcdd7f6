import type { HttpAnswer } from "../../../engines/gateway/askHttp.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";

/** An answer as a task's result has it. */
export const resultOfAnswer = (answer: HttpAnswer): JsonObject => ({
  Headers: Object.fromEntries(Object.entries(answer.headers).map(([name, values]) => [name, [...values]])),
  ResponseBody: bodyOf(answer),
  StatusCode: answer.status,
  StatusText: answer.statusText,
});

const BINARY = /^(application\/octet-stream|image\/|video\/|audio\/)/i;

/** AWS: JSON comes as what it says, bytes in base64, and everything else as text. */
const bodyOf = ({ headers, body }: HttpAnswer): JsonValue => {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1][0] ?? "";
  if (BINARY.test(type)) return body.toString("base64");
  const text = body.toString();
  if (!/\bjson\b/i.test(type)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
