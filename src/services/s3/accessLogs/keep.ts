import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import { s3Address } from "../../../kernel/s3Address.ts";
import type { Room } from "../room.ts";
import { deliverLogs } from "./deliver.ts";
import { lineOf } from "./line.ts";

interface Answered {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly answeredAt: number;
}

/** Keeps the line of a request until it is delivered. */
export const keepAccess = (room: Room, name: string, { request, response, answeredAt }: Answered): void => {
  const requestId = String(response.headers["x-amz-request-id"] ?? "");
  const seen = room.callers.take(requestId);
  const bucket = room.buckets.get(name);
  if (!bucket) return;
  const key = s3Address(request).path.slice(1);
  const object = key === "" ? undefined : room.objects.get([name, decoded(key)]);
  const objectSize = object?.kind === "object" && response.status < 400 ? object.size : undefined;
  const line = lineOf({ bucket, key, request, response, seen, objectSize, answeredAt });
  room.accessLines.put([name, answeredAt, requestId], { bucket: name, at: answeredAt, line });
  room.logDelivery.start(() => deliverLogs(room));
};

const decoded = (key: string): string => {
  try {
    return decodeURIComponent(key);
  } catch {
    // A stray percent sign: the text stands for itself.
    return key;
  }
};
