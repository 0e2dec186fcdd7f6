import { existsSync } from "node:fs";
import { appendFile, lstat, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { installPackages, PackagesNotInstalled } from "../../engines/process/npm.ts";
import { systemProcesses } from "../../engines/process/system.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";

/** Brings version 2 of the SDK, which Node.js runtimes before nodejs18.x have, to the functions that ask for it. */
export interface SdkV2 {
  /** Lays it beside a function's code, where its modules find it. Rejects when the registry does not give it. */
  provide(runtime: string, taskRoot: string): Promise<void>;
}

/** Installed from the npm registry once, when the first function needs it: it is larger than all of aloft. */
export const createSdkV2 = ({ clock, ids, folder }: { clock: Clock; ids: Ids; folder: () => string }): SdkV2 => {
  let installing: Promise<string> | undefined;
  const installed = async (): Promise<string> => {
    const sdk = join(folder(), "node_modules", "aws-sdk");
    if (existsSync(join(sdk, POINTED))) return sdk;
    await using processes = systemProcesses({ clock });
    await installPackages({ processes, folder: folder(), packages: ["aws-sdk@2"], attempt: ids.hex(8) });
    if (!existsSync(join(sdk, POINTED))) await pointHere(sdk);
    return sdk;
  };
  return {
    provide: async (runtime, taskRoot) => {
      const link = join(dirname(taskRoot), "node_modules", "aws-sdk");
      if (!HAS_V2.test(runtime) || (await isThere(link)) || !(await mentionsV2(taskRoot, ""))) return;
      installing ??= installed();
      try {
        await symlink(await installing, link);
      } catch (error) {
        installing = undefined;
        if (await isThere(link)) return; // Another environment of the same code was first.
        throw error instanceof PackagesNotInstalled
          ? new Error(
              `${runtime} brings version 2 of the AWS SDK, and it could not be installed from the npm registry: ${error.message}`,
            )
          : error;
      }
    },
  };
};

const HAS_V2 = /^nodejs(4\.3|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x)$/;

/** Written last: an SDK without it is not ready. */
const POINTED = ".aloft";

/** Version 2 knows no AWS_ENDPOINT_URL: its settings are given it where they are made. */
const pointHere = async (sdk: string): Promise<void> => {
  await appendFile(join(sdk, "lib", "node_loader.js"), POINTER);
  await appendFile(join(sdk, POINTED), "");
};

const POINTER = `
if (process.env.AWS_ENDPOINT_URL) {
  AWS.config.update({ endpoint: process.env.AWS_ENDPOINT_URL, s3ForcePathStyle: true });
  process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE || "1";
}
`;

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
};

/** Whether a function's own code, not its packages', asks for `aws-sdk` and does not bring it. */
const mentionsV2 = async (root: string, folder: string): Promise<boolean> => {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name === "node_modules") {
      if (folder === "" && existsSync(join(root, path, "aws-sdk"))) return false;
    } else if (entry.isDirectory()) {
      if (await mentionsV2(root, path)) return true;
    } else if (/\.[cm]?js$/.test(entry.name) && ASKS.test(await readFile(join(root, path), "utf8"))) return true;
  }
  return false;
};

const ASKS = /["'`]aws-sdk(?:["'`]|\/)/;
