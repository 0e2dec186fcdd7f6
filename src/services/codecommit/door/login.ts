import type { GitLogin } from "../../../kernel/gitHost.ts";
import { type HttpRequest, header } from "../../../kernel/http.ts";

const SERVICE = /\/(?:info\/refs|git-upload-pack|git-receive-pack)$/;

/** What a request shows for itself; undefined when it shows nothing. The region stands in AWS's name of the host. */
export const loginOf = ({ headers, host, path }: HttpRequest, region: string): GitLogin | undefined => {
  const [, encoded = ""] = /^basic\s+(.+)$/i.exec(header(headers, "authorization") ?? "") ?? [];
  const [user = "", ...password] = Buffer.from(encoded, "base64").toString().split(":");
  if (user === "") return undefined;
  const name = host.replace(/:\d+$/, "");
  return {
    user,
    password: password.join(":"),
    host: name,
    path: path.replace(SERVICE, ""),
    region: REGION.exec(name)?.[1] ?? region,
  };
};

const REGION = /^git-codecommit(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\./;
