import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAcks } from './acks.ts';
import type { Call } from './call.ts';
import { createChanges } from './changes.ts';
import type { PostedMessage, SlackDouble, SlackDoubleOptions } from './double.ts';
import { type Decide, planned, random } from './failures.ts';
import { createHttp } from './http.ts';
import { createLateCalls } from './late-calls.ts';
import { createPeople, type PeopleParts } from './people.ts';
import { createResponseUrls } from './response-urls.ts';
import { sendEnvelope } from './signed-request.ts';
import { createSocketMode, type EnvelopeType } from './socket-mode.ts';
import { createWorkspace, type Message, processedType } from './workspace.ts';

const allScopes = [
  'chat:write',
  'channels:history',
  'groups:history',
  'channels:read',
  'groups:read',
  'files:write',
  'files:read',
  'commands',
  'app_mentions:read',
  'users:read',
  'im:write',
  'usergroups:read',
];

const imageBlock = (blocks: readonly unknown[]): { fileId: string; alt: string } | undefined => {
  for (const block of blocks) {
    if (typeof block !== 'object' || block === null || Reflect.get(block, 'type') !== 'image') continue;
    const file: unknown = Reflect.get(block, 'slack_file');
    if (typeof file !== 'object' || file === null) continue;
    return { fileId: String(Reflect.get(file, 'id')), alt: String(Reflect.get(block, 'alt_text')) };
  }
  return undefined;
};

/** A Slack workspace on loopback: Web API, file uploads and Socket Mode, as far as Slidewatch uses them. */
export const startSlackDouble = async (options: SlackDoubleOptions = {}): Promise<SlackDouble> => {
  const workspace = createWorkspace({
    botToken: options.botToken ?? 'xoxb-double-bot',
    appToken: options.appToken ?? 'xapp-double-app',
    scopes: options.scopes ?? allScopes,
    postGapMs: options.postGapMs ?? 1_000,
    processingPolls: options.processingPolls ?? 1,
    locale: options.locale ?? 'en-US',
    now: options.now ?? Date.now,
  });
  const { botToken, appToken } = workspace.options;
  const changes = createChanges();
  const deciders: Decide[] = [];
  const requests: Call[] = [];
  const invalid: { call: Call; faults: readonly string[] }[] = [];
  const mentions: string[] = [];
  const acks = createAcks();
  const socketMode = createSocketMode(acks, changes.notify);
  let http: Parameters<SlackDouble['useHttp']>[0] | undefined;
  let origin = '';

  const world = {
    workspace,
    origin: () => origin,
    socketUrl: () => origin.replace('http', 'ws') + socketMode.ticket(),
    onInvalid: (call: Call, faults: readonly string[]) => void invalid.push({ call, faults }),
    onMention: (mention: string) => void mentions.push(mention),
  };
  const responseUrls = createResponseUrls(world);
  const sent: { readonly type: EnvelopeType; readonly payload: Readonly<Record<string, unknown>> }[] = [];
  const send: PeopleParts['send'] = async (type, payload) => {
    sent.push({ type, payload });
    if (http === undefined) return socketMode.send(type, payload);
    const envelopeId = randomUUID();
    const acked = acks.expect(envelopeId);
    const answer = await sendEnvelope(http, type, payload);
    const body = await answer.text();
    acks.take(envelopeId, body.startsWith('{') ? JSON.parse(body) : body);
    changes.notify();
    return acked;
  };
  const decide: Decide = (call) => {
    requests.push(call);
    for (const each of deciders.toReversed()) {
      const failure = each(call);
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
  const lateCalls = createLateCalls(workspace.options.now);
  const server = createHttp({ world, decide, responseUrls, lateCalls, notify: changes.notify });
  server.on('upgrade', socketMode.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;

  const addChannel: SlackDouble['addChannel'] = (id, { member = true, isPrivate = false } = {}) => {
    workspace.channels.set(id, { id, isPrivate, archived: false, member, messages: [], lastPostAt: 0 });
  };
  const channel = (id: string) => {
    const found = workspace.channels.get(id);
    if (found === undefined) throw new Error(`the double has no channel ${id}`);
    return found;
  };
  const posted = (message: Message): PostedMessage => {
    const image = imageBlock(message.blocks);
    if (image === undefined) return { ...message };
    const file = workspace.files.get(image.fileId);
    return { ...message, image: { ...image, bytes: file?.bytes, processed: processedType(file) !== undefined } };
  };
  const add = (decider: Decide) => {
    deciders.push(decider);
    return () => void deciders.splice(0, deciders.length, ...deciders.filter((each) => each !== decider));
  };
  for (const id of options.channels ?? ['C0000000001']) addChannel(id);

  return {
    apiUrl: `${origin}/api/`,
    port,
    botToken,
    appToken,
    requests,
    invalid,
    mentions,
    responses: responseUrls.uses,
    expireResponseUrls: responseUrls.expire,
    ephemerals: workspace.ephemerals,
    acks: acks.taken,
    sent,
    get late() {
      return acks.late();
    },
    useHttp: (to) => {
      http = to;
    },
    ...createPeople({ workspace, responseUrls, origin: () => origin, send }),
    messages: (id) => {
      lateCalls.catchUp();
      return channel(id).messages.map(posted);
    },
    addChannel,
    archive: (id) => {
      channel(id).archived = true;
    },
    unarchive: (id) => {
      channel(id).archived = false;
    },
    removeChannel: (id) => void workspace.channels.delete(id),
    kick: (id) => {
      channel(id).member = false;
    },
    invite: (id) => {
      channel(id).member = true;
    },
    say: (id, text) => {
      const message = { ts: workspace.nextTs(), text, blocks: [], metadata: undefined, edits: 0, byBot: false };
      channel(id).messages.push(message);
    },
    blockFiles: (id) => {
      channel(id).withoutFiles = true;
    },
    disableGroup: (id) => void workspace.disabledGroups.add(id),
    addGroup: (id, handle) => void workspace.groups.set(id, handle),
    setScopes: (scopes) => {
      workspace.scopes = scopes;
    },
    setProcessingPolls: (polls) => {
      workspace.processingPolls = polls;
    },
    revokeToken: (code = 'token_revoked') => void workspace.refused.set(botToken, code),
    revokeAppToken: (code = 'invalid_auth') => void workspace.refused.set(appToken, code),
    restoreTokens: () => workspace.refused.clear(),
    fail: (plan) => add(typeof plan === 'function' ? plan : planned(plan)),
    failRandomly: (randomly) => add(random(randomly)),
    frame: socketMode.frame,
    setOtherSockets: socketMode.setOthers,
    sockets: socketMode.count,
    send: socketMode.send,
    disconnectSockets: socketMode.disconnect,
    dropSockets: socketMode.drop,
    freezeSockets: socketMode.freeze,
    withholdHello: socketMode.withholdHello,
    until: changes.until,
    close: async () => {
      socketMode.drop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
