import type { ApiRequest } from "../request.ts";

type Headers = ApiRequest["headers"];

/**
 * The headers with which a request goes on to an HTTP backend. AWS: what `X-Forwarded-*` said is said by `Forwarded`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-http-apis
 */
export const forwardedHeaders = ({ headers, http }: Pick<ApiRequest, "headers" | "http">): Headers => {
  const said = (name: string) => headers.filter(([header]) => header === name).map(([, value]) => value);
  // The last of them is the caller, as the gateway saw it.
  const addresses = said("x-forwarded-for").flatMap((value) => value.split(",").map((address) => address.trim()));
  const caller = addresses.pop() ?? "";
  const own = `by=127.0.0.1;for=${node(caller)};host=${http.host};proto=${http.isSecure ? "https" : "http"}`;
  const before = addresses.map((address) => `for=${node(address)}`);
  return [
    ...headers.filter(([name]) => !name.startsWith("x-forwarded-") && name !== "forwarded" && name !== "via"),
    ["forwarded", [...said("forwarded"), ...before, own].join(", ")],
    ["via", [...said("via"), "HTTP/1.1 AmazonAPIGateway"].join(", ")],
  ];
};

/** An address of version 6 stands in brackets and quotes. https://www.rfc-editor.org/rfc/rfc7239#section-6 */
const node = (address: string): string => (address.includes(":") ? `"[${address}]"` : address);
