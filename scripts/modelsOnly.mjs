import { existsSync } from "node:fs";
import { join, sep } from "node:path";

const SCHEMAS = "schemas/schemas_0.js";
/** What not every service has. */
const ERRORS_AND_ENUMS = ["models/errors.js", "models/enums.js"];
const NAMESPACE = "models-only";

/**
 * For esbuild: of the SDK's packages, rooms get the schemas, errors and enums that describe a service, and not its client,
 * whose commands and endpoint rules are more than half of each. A room that imports anything else of one fails the build.
 */
export const modelsOnly = (root) => {
  const rooms = join(root, "src", "services") + sep;
  return {
    name: NAMESPACE,
    setup: (build) => {
      build.onResolve({ filter: /^@aws-sdk\/client-[^/]+$/ }, ({ path, importer }) =>
        importer.startsWith(rooms) ? { path, namespace: NAMESPACE } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const folder = join(root, "node_modules", path, "dist-es");
        const parts = [SCHEMAS, ...ERRORS_AND_ENUMS.filter((part) => existsSync(join(folder, part)))];
        return { contents: parts.map((part) => `export * from "./${part}";`).join("\n"), resolveDir: folder };
      });
    },
  };
};
