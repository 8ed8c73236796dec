import { randomUUID } from 'node:crypto';
import { checkMessage, mentions } from './check-message.ts';
import type { World } from './methods.ts';
import { processedType, type Workspace } from './workspace.ts';

/** Five messages in 30 minutes. */
const MOST_USES = 5;
const OPEN_MS = 1_800_000;

/** Where a response_url answers to. */
export interface ResponsePlace {
  readonly channelId: string;
  readonly userId: string;
  /** The message whose button was pressed. */
  readonly messageTs?: string;
}

/** One use of a response_url that was taken. */
export interface ResponseUse {
  readonly id: string;
  readonly body: unknown;
}

export interface ResponseUrls {
  /** The path of a new one. */
  open(place: ResponsePlace): string;
  /** HTTP status and text. */
  use(id: string, body: unknown): { readonly status: number; readonly text: string };
  /** All that are open are over 30 minutes old from now on. */
  expire(): void;
  readonly uses: ResponseUse[];
}

const text = (body: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : undefined;
};

const replaceOriginal = (workspace: Workspace, ts: string, said: { text: string; blocks: readonly unknown[] }) => {
  const all = [...workspace.channels.values()].flatMap(({ messages }) => messages);
  const original = [...all, ...workspace.ephemerals].find((each) => each.ts === ts);
  if (original === undefined) return { status: 404, text: 'message_not_found' };
  Object.assign(original, said, { edits: original.edits + 1 });
  return undefined;
};

/** The addresses that Slack hands out with commands and buttons, and what comes of using them. */
export const createResponseUrls = (world: World): ResponseUrls => {
  const { workspace } = world;
  const open = new Map<string, ResponsePlace & { readonly until: number }>();
  const uses: ResponseUse[] = [];

  const show = (place: ResponsePlace, body: object): { status: number; text: string } | undefined => {
    const blocks: unknown = Reflect.get(body, 'blocks');
    const said = { text: text(body, 'text') ?? '', blocks: Array.isArray(blocks) ? blocks : [] };
    const isReady = (id: string): boolean => processedType(workspace.files.get(id))?.startsWith('image/') ?? false;
    const faults = checkMessage({ ...said, metadata: undefined }, isReady);
    if (faults.length > 0) {
      world.onInvalid({ method: 'respond', params: { ...body }, token: undefined }, faults);
      return { status: 400, text: 'invalid_blocks' };
    }
    mentions({ ...said, metadata: undefined }).forEach(world.onMention);
    if (Reflect.get(body, 'replace_original') === true && place.messageTs !== undefined) {
      return replaceOriginal(workspace, place.messageTs, said);
    }
    const threadTs = text(body, 'thread_ts');
    const message = { ...said, ts: workspace.nextTs(), metadata: undefined, edits: 0, byBot: true, threadTs };
    if (text(body, 'response_type') === 'in_channel') {
      workspace.channels.get(place.channelId)?.messages.push(message);
    } else {
      workspace.ephemerals.push({ ...message, channelId: place.channelId, userId: place.userId });
    }
    return undefined;
  };

  return {
    uses,
    open: (place) => {
      const id = randomUUID();
      open.set(id, { ...place, until: workspace.options.now() + OPEN_MS });
      return `/response/${id}`;
    },
    expire: () => {
      for (const [id, place] of open) open.set(id, { ...place, until: 0 });
    },
    use: (id, body) => {
      const place = open.get(id);
      if (place === undefined) return { status: 404, text: 'invalid_url' };
      if (place.until <= workspace.options.now()) return { status: 404, text: 'expired_url' };
      if (uses.filter((each) => each.id === id).length >= MOST_USES) return { status: 404, text: 'used_url' };
      const fault = typeof body === 'object' && body !== null ? show(place, body) : { status: 400, text: 'no_text' };
      if (fault !== undefined) return fault;
      uses.push({ id, body });
      return { status: 200, text: 'ok' };
    },
  };
};
