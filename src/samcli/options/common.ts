import { flag, type OptionRow, one, toggle } from "./row.ts";

/** What every command takes. */
export const COMMON_OPTIONS: readonly OptionRow[] = [
  one("--region"),
  one("--profile"),
  one("--config-file"),
  one("--config-env"),
  flag("--debug"),
  { ...flag("--save-params"), refused: "write the values into samconfig.toml by hand" },
  { ...toggle("--beta-features"), notApplied: "there are none" },
];

const HOST = "builds run on this machine, not in a container";

export const TEMPLATE_OPTION = one("--template-file", "--template", "-t");
export const PARAMETERS_OPTION: OptionRow = { names: ["--parameter-overrides"], takes: "rest" };
export const LANGUAGE_EXTENSIONS_OPTION: OptionRow = {
  ...toggle("--language-extensions"),
  notApplied: "CloudFormation expands them when it deploys",
};

/** Options about containers; nothing here runs in one. */
export const CONTAINER_OPTIONS: readonly OptionRow[] = [
  { ...toggle("--use-container", "-u"), notApplied: HOST },
  { ...toggle("--use-buildkit"), notApplied: HOST },
  { ...toggle("--mount-symlinks"), notApplied: HOST },
  { ...flag("--skip-pull-image"), notApplied: HOST },
  { ...one("--docker-network"), notApplied: HOST },
  { ...one("--mount-with", "-mw"), choices: ["READ", "WRITE"], notApplied: HOST },
  { names: ["--container-env-var", "-e"], takes: "each", notApplied: HOST },
  { ...one("--container-env-var-file", "-ef"), notApplied: HOST },
  { names: ["--build-image", "-bi"], takes: "each", notApplied: HOST },
];

/** Where what is packaged goes; for `sam package` and `sam deploy`. */
export const UPLOAD_OPTIONS: readonly OptionRow[] = [
  one("--s3-bucket"),
  one("--s3-prefix"),
  one("--kms-key-id"),
  flag("--force-upload"),
  flag("--use-json"),
  flag("--no-progressbar"),
  toggle("--resolve-s3"),
  one("--metadata"),
  { ...one("--image-repository"), notApplied: "functions of images are not built here" },
  { names: ["--image-repositories"], takes: "each", notApplied: "functions of images are not built here" },
  { ...flag("--resolve-image-repos"), notApplied: "functions of images are not built here" },
  { names: ["--signing-profiles"], takes: "rest", refused: "code is not signed here" },
];
