import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import type { WebsiteDocument } from "../configurations.ts";

type RoutingRule = NonNullable<WebsiteDocument["RoutingRules"]>[number];
type RedirectAll = NonNullable<WebsiteDocument["RedirectAllRequestsTo"]>;

const MOVED = 301;

/** A redirect of every request to another host. */
export const redirectAll = (
  { HostName, Protocol = "http" }: RedirectAll,
  { path, rawQuery }: HttpRequest,
): HttpResponse => ({
  status: MOVED,
  headers: { location: `${Protocol}://${HostName}${path}${rawQuery === "" ? "" : `?${rawQuery}`}` },
});

/** The first rule for a key: those about errors only when `status` is one, the others only before. */
export const ruleFor = (website: WebsiteDocument, key: string, status: number | undefined): RoutingRule | undefined =>
  website.RoutingRules?.find(({ Condition }) => {
    const code = Condition?.HttpErrorCodeReturnedEquals;
    const fits = code === undefined ? status === undefined : code === String(status);
    return fits && key.startsWith(Condition?.KeyPrefixEquals ?? "");
  });

/** Where a rule sends a visitor. */
export const redirectBy = (
  { Redirect, Condition }: RoutingRule,
  key: string,
  { host }: Pick<HttpRequest, "host">,
): HttpResponse => {
  const { HostName = host, HttpRedirectCode, Protocol = "http", ReplaceKeyWith, ReplaceKeyPrefixWith } = Redirect;
  const rest = key.slice((Condition?.KeyPrefixEquals ?? "").length);
  const target = ReplaceKeyWith ?? (ReplaceKeyPrefixWith === undefined ? key : ReplaceKeyPrefixWith + rest);
  const path = target.split("/").map(encodeURIComponent).join("/");
  return {
    status: HttpRedirectCode === undefined ? MOVED : Number(HttpRedirectCode),
    headers: { location: `${Protocol}://${HostName}/${path}` },
  };
};
