import type { ProtectionRecord } from "../../records.ts";
import { type AskedOf, type RepositoryRoute, refuse } from "../api.ts";
import { readTexts } from "../input.ts";
import { AT, changing, type Route, shown } from "./answering.ts";
import { type Join, listRoutes } from "./lists.ts";
import { pushersView } from "./partViews.ts";
import { loginsFrom } from "./readPushers.ts";

const NONE = "Push restrictions not enabled";

const users = (asked: AskedOf, protection: ProtectionRecord) => pushersView(asked, protection)?.users;

const changeUsers = (join: Join): Route =>
  changing(async (protection, asked) => {
    if (!protection.pushers) throw refuse(404, NONE);
    return { ...protection, pushers: join(protection.pushers, loginsFrom(await readTexts(asked, "users"))) };
  }, users);

const withoutPushers = ({ pushers: _gone, ...rest }: ProtectionRecord): ProtectionRecord => rest;

export const pusherRoutes: readonly RepositoryRoute[] = [
  ...listRoutes(`${AT}/restrictions/users`, shown(users, NONE), changeUsers),
  [`GET ${AT}/restrictions`, shown(pushersView, NONE)],
  [`DELETE ${AT}/restrictions`, changing(withoutPushers)],
];
