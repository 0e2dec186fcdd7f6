import type { JsonObject } from "../../../kernel/json.ts";
import type { RoomDeps } from "../../../kernel/service.ts";

/** AWS: what Step Functions' own integrations answer says how the service's answer came. */
export const sdkMetadata = ({ ids, clock }: Pick<RoomDeps, "ids" | "clock">, result: JsonObject): JsonObject => {
  const requestId = ids.uuid();
  const headers = {
    Connection: "keep-alive",
    "Content-Length": String(Buffer.byteLength(JSON.stringify(result))),
    "Content-Type": "application/json",
    Date: new Date(clock.now()).toUTCString(),
    "x-amzn-RequestId": requestId,
  };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
};
