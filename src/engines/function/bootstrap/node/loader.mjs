import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { asOnAws, RuntimeError } from "./errors.mjs";

/** Loads `folder/file.export.path`, from whichever of the forms Lambda accepts is there. */
export const loadHandler = async (taskRoot, handler) => {
  if (handler.includes("..")) {
    throw new RuntimeError(
      "MalformedHandlerName",
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const name = basename(handler);
  const folder = handler.slice(0, handler.indexOf(name));
  const [, moduleName, exportPath] = /^([^.]*)\.(.*)$/.exec(name) ?? [];
  if (exportPath === undefined) throw new RuntimeError("MalformedHandlerName", "Bad handler");
  const loaded = await loadModule(taskRoot, folder, moduleName);
  const found = exportPath.split(".").reduce((value, key) => value?.[key], loaded);
  if (!found) throw new RuntimeError("HandlerNotFound", `${handler} is undefined or not exported`);
  if (typeof found !== "function") throw new RuntimeError("HandlerNotFound", `${handler} is not a function`);
  return found;
};

const loadModule = async (taskRoot, folder, moduleName) => {
  try {
    return await importOrRequire(taskRoot, folder, moduleName);
  } catch (error) {
    if (error instanceof SyntaxError) throw named("UserCodeSyntaxError", error);
    if (error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND")
      throw named("ImportModuleError", error, hintFor(error));
    throw error;
  }
};

/** AWS's runtime brings every client of its SDK, this one those of the services that are here. */
const hintFor = ({ message }) => {
  const [, client] = /'(@aws-sdk\/[\w-]+)/.exec(message) ?? [];
  return client ? `\naloft brings the SDK's clients of the services it has: package ${client} with the function` : "";
};

const importOrRequire = async (taskRoot, folder, moduleName) => {
  const require = createRequire(join(taskRoot, "index.js"));
  const file = resolve(taskRoot, folder, moduleName);
  if (existsSync(file) && !existsSync(`${file}.js`) && !existsSync(`${file}.mjs`)) return require(file);
  if (existsSync(`${file}.js`)) return isModule(dirname(file)) ? import(urlOf(`${file}.js`)) : require(`${file}.js`);
  if (existsSync(`${file}.mjs`)) return import(urlOf(`${file}.mjs`));
  if (existsSync(`${file}.cjs`)) return require(`${file}.cjs`);
  // Perhaps a package in node_modules or a layer.
  try {
    return require(moduleName);
  } catch (error) {
    if (error?.code !== "MODULE_NOT_FOUND" || !error.message.includes(`'${moduleName}'`)) throw error;
    throw Object.assign(new Error(`Cannot find module '${moduleName}'\nRequire stack:\n- /var/runtime/index.mjs`), {
      code: error.code,
    });
  }
};

const urlOf = (file) => pathToFileURL(file).href;

/** Whether the nearest package.json says that `.js` files are ES modules. */
const isModule = (folder) => {
  if (basename(folder) === "node_modules") return false;
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    try {
      return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
    } catch (error) {
      console.warn(`${manifest} cannot be read, it will be ignored for ES module detection purposes.`, error);
      return false;
    }
  }
  return dirname(folder) === folder ? false : isModule(dirname(folder));
};

/** The error under Lambda's name; its message keeps the original's name, and its stack is the original's. */
const named = (kind, error, hint = "") => {
  const renamed = new RuntimeError(kind, `${asOnAws(String(error))}${hint}`);
  renamed.stack = `${renamed.name}: ${error.stack}`;
  return renamed;
};
