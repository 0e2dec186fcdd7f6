import type { CallView } from "./console/calls.ts";
import { deniedCalls } from "./console/denied.ts";
import { createJournal, type NumberedEvent } from "./console/journal.ts";
import { openKeptLog } from "./console/keptLog.ts";
import { consoleDoor, sandboxed } from "./console/lazyDoor.ts";
import { CONSOLE_AGENT } from "./console/parts.ts";
import { CONSOLE_PATH } from "./console/path.ts";
import { createSessions, sessionOf } from "./console/sessions.ts";
import { unbuiltCalls } from "./console/unbuilt.ts";
import { createRoleUsage } from "./console/usage.ts";
import { controlDoor } from "./control.ts";
import { partitionOf } from "./kernel/arn.ts";
import type { Authorizer } from "./kernel/authorizer.ts";
import type { CallRecord } from "./kernel/callRecord.ts";
import { createCipher } from "./kernel/cipher.ts";
import type { Clock } from "./kernel/clock.ts";
import { createCredentialMint } from "./kernel/credentials.ts";
import { createDispatch, type Dispatch } from "./kernel/dispatch.ts";
import { errorCode } from "./kernel/errors.ts";
import { createEvents, type Events } from "./kernel/events.ts";
import type { UpgradeDoor } from "./kernel/http.ts";
import type { Ids } from "./kernel/ids.ts";
import { createMetrics } from "./kernel/metrics.ts";
import { rootOf, traceOfSession } from "./kernel/principal.ts";
import { type AnyService, createRooms, type Rooms, recordsKey, type ServiceLoaders } from "./kernel/rooms.ts";
import { servedCall } from "./kernel/served.ts";
import type { RoomDeps } from "./kernel/service.ts";
import { createTasks, type Tasks } from "./kernel/tasks.ts";
import { createLocalAddress } from "./localAddress.ts";
import { apiKeyDoor, restApiDoor } from "./services/apigateway/lazyDoor.ts";
import { executeApiDoor, webSocketDoor } from "./services/apigatewayv2/lazyDoor.ts";
import { cloudFormationDoor } from "./services/cloudformation/lazyDoor.ts";
import { keepMetrics } from "./services/cloudwatch/keepMetrics.ts";
import { badgeDoor } from "./services/codebuild/badge/lazyDoor.ts";
import { codeCommitDoor } from "./services/codecommit/door/lazyDoor.ts";
import { codePipelineDoor } from "./services/codepipeline/lazyDoor.ts";
import { gitDoor } from "./services/git/door/lazyDoor.ts";
import { gitServer } from "./services/git/door/lazyServer.ts";
import { createMirrors } from "./services/git/mirror/lazyMirrors.ts";
import { createFindAccessKey } from "./services/iam/accessKeys.ts";
import { isUnbound } from "./services/iam/bindsRoot.ts";
import { createSecondFactor } from "./services/iam/mfa/secondFactor.ts";
import { createFindServicePassword } from "./services/iam/servicePasswords.ts";
import { createDebug, functionCodeDoor, functionUrlDoor } from "./services/lambda/lazyDoor.ts";
import { s3AccessLog } from "./services/s3/accessLogs/lazyLog.ts";
import { s3Cors } from "./services/s3/cors/lazyDoor.ts";
import { postDoor } from "./services/s3/post/lazyDoor.ts";
import { websiteDoor } from "./services/s3/website/lazyDoor.ts";
import { snsDoor } from "./services/sns/door/lazyDoor.ts";
import { serviceLoaders } from "./services.ts";
import { createSignedCaller } from "./signedCaller.ts";
import type { Snapshot } from "./snapshots.ts";
import type { OpenStore } from "./store/openStore.ts";
import type { Trust } from "./trust.ts";
import { type AuthMode, createAuthenticate, createPolicySigner } from "./wire/authenticate.ts";
import { createGitCaller } from "./wire/gitCaller.ts";
import { createHandlers, type Handler } from "./wire/handle.ts";
import { createServiceCall } from "./wire/serviceCall.ts";
import { withTokens } from "./wire/tokens.ts";
import { validateInput } from "./wire/validate.ts";

/** The long-term credentials of the state's root user. */
export interface RootCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a cloud is made of; tests bring their own clock, ids and store. */
export interface CloudParts {
  readonly store: OpenStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly root: RootCredentials;
  /** 32 bytes under which secrets lie sealed. */
  readonly key: Uint8Array;
  readonly account: string;
  readonly region: string;
  readonly auth: AuthMode;
  readonly endpoint: () => string;
  readonly directory: (name: string) => string;
  readonly workspace: (name: string) => string;
  /** Removes what `directory` and `workspace` have given out. */
  readonly clearDirectories: () => void;
  /** The files that make clients trust the cloud's TLS connections. */
  readonly trust: Pick<Trust, "paths" | "files">;
  /** The files that keep the logs of calls and of events; absent where nothing is kept. */
  readonly logs?: { readonly calls: string; readonly events: string };
  /** Copies what the cloud keeps under a name; absent where it keeps nothing. */
  readonly snapshot?: (name: string) => Promise<Snapshot>;
  readonly onBug: (where: string, error: unknown) => void;
  readonly onCall?: (call: CallRecord) => void;
  readonly loaders?: ServiceLoaders;
}

/** The whole cloud, assembled and not yet listening. */
export interface AssembledCloud extends AsyncDisposable {
  readonly handler: Handler;
  /** Takes the requests that ask for a WebSocket. */
  readonly upgrade: UpgradeDoor;
  /** Answers what is known to be a call of the API, and of none of S3's. */
  readonly call: Handler;
  readonly events: Events;
  readonly tasks: Tasks;
  readonly rooms: Rooms;
  /** Lets every room with unfinished work take it up. */
  resume(): Promise<void>;
  /** Empties the cloud: it is as new, its time and its logs included. */
  reset(): Promise<void>;
}

/** The only composition root: everything is joined to everything here. */
export const assembleCloud = (parts: CloudParts): AssembledCloud => {
  const { store, clock, ids } = parts;
  const tasks = createTasks((name, error) => parts.onBug(name, error));
  const events = createEvents((error) => parts.onBug("an event's listener", error));
  const metrics = createMetrics(clock, (place) =>
    tasks.spawn("the keeping of metrics", () => keepMetrics(rooms, place)),
  );
  const cipher = createCipher(parts.key, ids);
  const mint = createCredentialMint(cipher, ids, clock);
  const keptCalls = parts.logs && openKeptLog<CallView>(parts.logs.calls);
  const keptEvents = parts.logs && openKeptLog<NumberedEvent>(parts.logs.events);
  const journal = createJournal(events, ids, { calls: keptCalls, events: keptEvents });
  const usage = createRoleUsage(keptCalls?.earlier);
  const sessions = createSessions(cipher, ids);
  const stopped = new AbortController();
  const localAddress = createLocalAddress({
    endpoint: parts.endpoint,
    consolePath: CONSOLE_PATH,
    records: store.records,
    directory: parts.directory,
  });

  const secondFactor = createSecondFactor(store.records, cipher);
  const depsFor = (service: AnyService, account: string, region: string): RoomDeps => ({
    account,
    region,
    partition: partitionOf(region),
    records: store.records.scope(recordsKey(service, account, region)),
    recordsIn: (elsewhere) => store.records.scope(recordsKey(service, account, elsewhere)),
    blobs: store.blobs,
    clock,
    ids,
    tasks,
    events,
    metrics,
    served: (what) => journal.recordCall(servedCall(what, region, clock.now())),
    begun: (what) => journal.begin(servedCall(what, region, what.startedAt)),
    cipher,
    endpoint: parts.endpoint,
    trust: parts.trust.paths,
    localAddress,
    directory: parts.directory,
    workspace: parts.workspace,
    contextAs: (principal, calledVia, elsewhere, sourceIp) =>
      dispatch.contextOf(
        {
          principal,
          // A room that all regions share has none of its own.
          region: elsewhere ?? (region === "-" ? parts.region : region),
          requestId: ids.uuid(),
          signal: stopped.signal,
          traceId: traceOfSession(principal),
          ...(calledVia ? { calledVia } : {}),
          ...(sourceIp ? { sourceIp } : {}),
        },
        service.name,
      ),
    signedCaller,
    serviceCall: (principal, request) => serviceCall(principal, request),
    secondFactor,
    credentialsFor: mint.issue,
  });
  const rooms = createRooms({ loaders: parts.loaders ?? serviceLoaders, records: store.records, depsFor });
  const authorizer = lazyAuthorizer(rooms, clock);
  const dispatch = createDispatch({
    rooms,
    authorizer,
    validate: validateInput,
    withTokens,
    committed: () => store.records.committed(),
    clock,
    ids,
    onCall: (call) => {
      parts.onCall?.(call);
      usage.record(call);
      if (!isConsoleRead(call)) journal.recordCall(call);
    },
    onPart: (call) => journal.begin(call),
  });
  const reset = async () => {
    await tasks.interrupt("the cloud is being emptied");
    for (const { account, region } of metrics.waiting()) metrics.drain(account, region);
    await rooms.close();
    parts.clearDirectories();
    store.records.reset();
    journal.clear();
    usage.clear();
    clock.restart();
    await store.records.committed();
  };
  const signing = { ...parts, mint, findAccessKey: createFindAccessKey(store.records, cipher) };
  const authenticate = createAuthenticate(signing);
  const signedCaller = createSignedCaller(authenticate, authorizer);
  const serviceCall = createServiceCall({
    dispatch,
    rooms,
    defaultRegion: parts.region,
    ids,
    onBug: (error, where) => parts.onBug(where, error),
  });
  const peekS3 = () => rooms.peek("s3", parts.account, parts.region)?.room.room;
  const openS3 = async () => (await rooms.open("s3", parts.account, parts.region))?.room.room;
  const cors = s3Cors(peekS3);
  const openGit = async () => (await rooms.open("git", parts.account, parts.region))?.room.room;
  const handlers = createHandlers({
    dispatch,
    rooms,
    authenticate,
    frontDoors: [
      consoleDoor({
        ...{ sessions, journal, usage, dispatch, rooms, clock },
        region: parts.region,
        endpoint: parts.endpoint,
        principal: rootOf(parts.account),
        requestId: () => ids.uuid(),
        handler: (request) => handler(request),
      }),
      badgeDoor(cipher, async (account, region) => (await rooms.open("codebuild", account, region))?.room.room),
      snsDoor({
        open: async (account, region) => (await rooms.open("sns", account, region))?.room.room,
        call: serviceCall,
        account: parts.account,
        region: parts.region,
      }),
      controlDoor({
        authenticate,
        clock,
        events,
        reset,
        debug: createDebug(() => rooms.open("lambda", parts.account, parts.region)),
        mirrors: createMirrors(openGit),
        consoleLink: () => sessions.createLink(),
        trust: parts.trust.files,
        denied: () => deniedCalls(journal.calls()),
        unbuilt: () => unbuiltCalls(journal.calls()),
        ...(parts.snapshot ? { snapshot: parts.snapshot } : {}),
      }),
      cloudFormationDoor(async (account, region) => (await rooms.open("cloudformation", account, region))?.room.room),
      codePipelineDoor(async (account, region) => (await rooms.open("codepipeline", account, region))?.room.room),
      executeApiDoor({ rooms, records: store.records, otherwise: restApiDoor({ rooms, records: store.records }) }),
      websiteDoor(openS3),
      cors.door,
      functionUrlDoor({ rooms, records: store.records }),
      functionCodeDoor(async (account, region) => (await rooms.open("lambda", account, region))?.room.room),
      codeCommitDoor({
        open: async (account, region) => (await rooms.open("codecommit", account, region))?.room.room,
        callerOf: createGitCaller({
          ...signing,
          findServicePassword: createFindServicePassword(store.records, cipher),
        }),
        serve: gitServer(openGit),
        region: parts.region,
      }),
      gitDoor({
        open: openGit,
        secretAccessKey: parts.root.secretAccessKey,
        secret: secretReader(dispatch, parts),
        hasSession: (request) => sessionOf(sessions, request) !== undefined,
      }),
      postDoor({ peek: peekS3, open: openS3, signer: createPolicySigner(signing) }),
    ],
    defaultRegion: parts.region,
    ids,
    onBug: (error, where) => parts.onBug(where, error),
  });
  const logAccess = s3AccessLog(peekS3);
  const handler: Handler = async (request) => {
    const response = await cors.decorate(request, await handlers.any(request));
    logAccess(request, response);
    return sandboxed(request, response);
  };
  return {
    handler,
    call: handlers.call,
    upgrade: webSocketDoor({
      rooms,
      records: store.records,
      trusted: parts.trust.files,
      chargeKey: apiKeyDoor({ rooms }),
    }),
    events,
    tasks,
    rooms,
    resume: () => rooms.resume(),
    reset,
    [Symbol.asyncDispose]: async () => {
      stopped.abort(new Error("the cloud is stopping"));
      await tasks.stop();
      // What the last minute brought, unless nobody has looked at metrics yet.
      for (const place of metrics.waiting()) {
        if (rooms.peek("cloudwatch", place.account, place.region)) await keepMetrics(rooms, place);
      }
      await rooms.close();
      journal[Symbol.dispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};

/** Reads texts of Secrets Manager as the root; undefined for what is not there. */
const secretReader =
  (dispatch: Dispatch, { account, region, ids }: CloudParts) =>
  async (name: string): Promise<string | undefined> => {
    const caller = { principal: rootOf(account), region, requestId: ids.uuid(), signal: NEVER };
    try {
      const { SecretString } = await dispatch
        .contextOf(caller, "git")
        .call("secretsmanager", "GetSecretValue", { SecretId: name });
      return SecretString;
    } catch (error) {
      if (errorCode(error) === "ResourceNotFoundException") return undefined;
      throw error;
    }
  };

const NEVER = new AbortController().signal;

/** What the console asks to draw itself is not worth a line in the log it shows. */
const isConsoleRead = ({ userAgent, operation }: CallRecord): boolean =>
  userAgent === CONSOLE_AGENT && /^(Get|List|Describe|BatchGet|Head|Query$|Scan$|Filter)/.test(operation);

/**
 * IAM decides, but is loaded only when somebody other than a root calls: the root of an account may do anything in it
 * that no resource's own policy forbids.
 */
const lazyAuthorizer = (rooms: Rooms, clock: Clock): Authorizer => {
  let authorizer: Authorizer | undefined;
  const load = async () => {
    authorizer ??= (await import("./services/iam/authorizer.ts")).createAuthorizer({ rooms, clock });
    return authorizer;
  };
  return {
    authorize: (ctx, requests) => {
      if (isUnbound(ctx, requests)) return;
      return authorizer
        ? authorizer.authorize(ctx, requests)
        : load().then((loaded) => loaded.authorize(ctx, requests));
    },
  };
};
