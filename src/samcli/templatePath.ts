import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { SamCall } from "./command.ts";
import { SamFailure } from "./failure.ts";
import { TEMPLATE_OPTION } from "./options/common.ts";
import { keyOf } from "./options/row.ts";

/** Where `sam build` leaves what it made. */
export const BUILD_FOLDER = ".aws-sam/build";

/** The template that was named, or else the built one where a command prefers it, or else the one that lies here. */
export const templatePath = ({ given, io }: Pick<SamCall, "given" | "io">, prefersBuilt: boolean): string => {
  const named = given.text(keyOf(TEMPLATE_OPTION));
  const candidates = [...(prefersBuilt ? [`${BUILD_FOLDER}/template.yaml`] : []), ...NAMES];
  const path = named ?? candidates.find((name) => existsSync(resolve(io.cwd, name))) ?? "template.yml";
  const found = resolve(io.cwd, path);
  if (!existsSync(found)) throw new SamFailure(`Template file not found at ${found}`);
  return found;
};

const NAMES = ["template.yaml", "template.yml", "template.json"];
