import { defineService } from "../../kernel/rooms.ts";
import { connectionsService } from "./connectionsService.ts";

/** CodeConnections as it was called before: AWS CodeStar Connections. */
export default defineService(connectionsService("codestar-connections"));
