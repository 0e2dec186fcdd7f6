import { XMLBuilder } from "fast-xml-parser";
import type { HttpResponse } from "../../../../kernel/http.ts";

const NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: true });

/** AWS: HTTP APIs still speak SQS's query protocol, so its answers are XML. */
export const queryResponse = (action: string, result: object | undefined, requestId: string): HttpResponse => ({
  status: 200,
  headers: { "content-type": "text/xml" },
  body: `<?xml version="1.0"?>${builder.build({
    [`${action}Response`]: {
      "@xmlns": NAMESPACE,
      ...(result === undefined ? {} : { [`${action}Result`]: defined(result) }),
      ResponseMetadata: { RequestId: requestId },
    },
  })}`,
});

const defined = (result: object): object =>
  Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
