import { defineService } from "../../kernel/rooms.ts";
import { connectionsService } from "./connectionsService.ts";

/** AWS CodeConnections. */
export default defineService(connectionsService("codeconnections"));
