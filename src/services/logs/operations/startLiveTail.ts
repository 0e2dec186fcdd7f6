import { SessionTimeoutException, type StartLiveTailRequest } from "@aws-sdk/client-cloudwatch-logs";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { invalidParameter, limitExceeded } from "../errors.ts";
import { parseFilterPattern } from "../filterPattern/filterPattern.ts";
import { LiveTail } from "../filters/liveTail.ts";
import { findGroup } from "../find.ts";
import { LIVE_TAIL_MS, LIVE_TAIL_UPDATE_MS, MAX_LIVE_TAILS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

export const startLiveTail =
  (room: Room): Operation<"StartLiveTail"> =>
  async (ctx, input) => {
    const session = new LiveTail({
      account: ctx.account,
      groups: tailedGroups(room, input),
      streams: input.logStreamNames,
      prefixes: input.logStreamNamePrefixes,
      matches: parseFilterPattern(input.logEventFilterPattern ?? ""),
    });
    if (room.liveTails.size >= MAX_LIVE_TAILS) throw limitExceeded();
    return { responseStream: sessionEvents(room, ctx, input, session) };
  };

/** The names of the groups. AWS: they are given by their ARNs. */
const tailedGroups = (room: Room, input: StartLiveTailRequest): ReadonlySet<string> => {
  const { logGroupIdentifiers = [], logStreamNames, logStreamNamePrefixes } = input;
  if (logStreamNames && logStreamNamePrefixes) {
    throw invalidParameter("LogStreamNames and LogStreamNamePrefixes are mutually exclusive parameters.");
  }
  if (logGroupIdentifiers.length > 1 && (logStreamNames ?? logStreamNamePrefixes)) {
    throw invalidParameter("LogStreamNames and LogStreamNamePrefixes can be given for one log group only.");
  }
  const notArn = logGroupIdentifiers.find((each) => parseArn(each)?.service !== "logs" || each.endsWith("*"));
  if (notArn !== undefined) throw invalidParameter(`The log group identifier ${notArn} is not a valid ARN.`);
  return new Set(logGroupIdentifiers.map((arn) => findGroup(room, arn).name));
};

/** The session: what it is, then each second what came in, until its client goes away or its time is over. */
async function* sessionEvents(
  { clock, ids, liveTails }: Room,
  ctx: Context,
  input: StartLiveTailRequest,
  session: LiveTail,
) {
  liveTails.add(session);
  try {
    const endsAt = clock.now() + LIVE_TAIL_MS;
    yield { sessionStart: { requestId: ctx.requestId, sessionId: ids.uuid(), ...input } };
    while (clock.now() < endsAt) {
      const { events, sampled } = session.take();
      yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults: [...events] } };
      await clock.sleep(LIVE_TAIL_UPDATE_MS, ctx.signal);
    }
    const message = "The session has been open for three hours.";
    yield { SessionTimeoutException: new SessionTimeoutException({ message, $metadata: {} }) };
  } finally {
    liveTails.delete(session);
  }
}
