import { deflateRawSync, constants as zlib } from 'node:zlib';
import { MINUTE_MS } from '../util/durations.ts';
import { changedParts, type LiveParts } from './live-parts.ts';

/** What some pages show. */
export interface PageTopic {
  /** The same for all pages that show the same. */
  readonly key: string;
  /** What they show now. */
  parts(): Promise<LiveParts>;
}

export interface StreamOptions {
  /** Without one, the page is told that something has changed, not what. */
  readonly topic?: PageTopic;
  /** Whether the stream is a gzip one. */
  readonly isPacked?: boolean;
  /** Ends the connection of a page that does not read, whose body nobody takes. */
  readonly cut?: () => void;
}

/** Server-sent events to all open pages: what has changed of that which each shows, made once for all that show the same. */
export interface ChangeStream {
  /** The response body for one page; undefined if as many are open as may be. */
  open(options?: StreamOptions): ReadableStream<Uint8Array> | undefined;
  /** Sends every page what has changed. */
  changed(): void;
  /** Keeps idle streams alive, cuts those that are not read and ends the old ones. To be called every few seconds. */
  sweep(): void;
  /** Ends every stream. */
  end(): void;
}

/** Streams open at a time: each costs a descriptor, and cards need some, too. */
export const MAX_STREAMS = 60;

/** An event as it is, and as a piece of a gzip stream. */
interface StreamEvent {
  readonly plain: Uint8Array;
  readonly packed: Uint8Array;
}

/**
 * A piece refers to nothing before it and ends on a whole byte, so it is packed once and fits into every stream. The streams
 * have no end of their own with a checksum: they end with the connection.
 */
const eventOf = (text: string): StreamEvent => {
  const plain = new TextEncoder().encode(text);
  return { plain, packed: new Uint8Array(deflateRawSync(plain, { finishFlush: zlib.Z_SYNC_FLUSH })) };
};

/** Of a file without a name and time, packed by deflate (RFC 1952). */
const GZIP_HEAD = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

const RETRY_EVENT = eventOf('retry: 3000\n\n');
/** The page asks for what it lacks. */
const CHANGED_EVENT = eventOf('event: changed\ndata: \n\n');
/** The page opens another stream at once. */
const AGAIN_EVENT = eventOf('event: again\ndata: \n\n');
const STILL_HERE = eventOf(':\n\n');

/**
 * Chunks buffered for a page that does not read. A full buffer contains an unread `changed` event, so dropping another one
 * loses nothing. A page that misses parts is told to ask as soon as it reads on.
 */
const MAX_BUFFERED_CHUNKS = 4;

/** A page whose buffer stays full for so long does not read. */
const UNREAD_MS = MINUTE_MS;

/** The operating system buffers far more events than that, so no stream lives longer; a page that reads opens another. */
const LIFE_MS = 10 * MINUTE_MS;

interface Page {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  readonly openedAt: number;
  readonly isPacked: boolean;
  readonly cut: () => void;
  fullSince?: number;
  missesParts?: boolean;
}

/** The pages that show the same. */
interface Audience {
  readonly topic: PageTopic;
  readonly pages: Set<Page>;
  /** What they were last told. */
  told: Promise<LiveParts | undefined>;
  isTelling?: boolean;
  tellAgain?: boolean;
}

/** `clock`: epoch milliseconds. */
export const createChangeStream = (clock: () => number = Date.now): ChangeStream => {
  const pages = new Set<Page>();
  const audiences = new Map<string, Audience>();
  const hasRoom = ({ controller }: Page): boolean => (controller.desiredSize ?? 0) > 0;
  const put = ({ controller, isPacked }: Page, { plain, packed }: StreamEvent): void =>
    controller.enqueue(isPacked ? packed : plain);
  const send = (to: Iterable<Page>, event: StreamEvent): void => {
    for (const page of to) if (hasRoom(page)) put(page, event);
  };
  const sendParts = (to: Iterable<Page>, event: StreamEvent): void => {
    for (const page of to) {
      if (hasRoom(page)) put(page, event);
      else page.missesParts = true;
    }
  };
  const forget = (page: Page): void => {
    pages.delete(page);
    for (const [key, audience] of audiences) {
      audience.pages.delete(page);
      if (audience.pages.size === 0) audiences.delete(key);
    }
  };
  const cutOff = (page: Page): void => {
    forget(page);
    page.controller.error(new Error('the page does not read its events'));
    page.cut();
  };
  const finish = (page: Page): void => {
    forget(page);
    put(page, AGAIN_EVENT);
    page.controller.close();
  };
  /** What cannot be made now, the pages ask for, and are told why it fails. */
  const partsOf = ({ topic }: Audience): Promise<LiveParts | undefined> => topic.parts().catch(() => undefined);
  const tell = async (audience: Audience): Promise<void> => {
    audience.tellAgain = audience.isTelling === true;
    if (audience.isTelling) return;
    audience.isTelling = true;
    const [before, now] = [await audience.told, await partsOf(audience)];
    audience.told = Promise.resolve(now);
    if (before === undefined || now === undefined) send(audience.pages, CHANGED_EVENT);
    else {
      const news = changedParts(before, now);
      if (Object.keys(news).length > 0)
        sendParts(audience.pages, eventOf(`event: parts\ndata: ${JSON.stringify(news)}\n\n`));
    }
    audience.isTelling = false;
    if (audience.tellAgain) await tell(audience);
  };
  const join = (page: Page, topic: PageTopic): void => {
    const known = audiences.get(topic.key);
    known?.pages.add(page);
    if (known) return;
    const audience: Audience = { topic, pages: new Set([page]), told: Promise.resolve(undefined) };
    audience.told = partsOf(audience);
    audiences.set(topic.key, audience);
  };
  return {
    open: ({ topic, isPacked = false, cut = () => {} } = {}) => {
      if (pages.size >= MAX_STREAMS) return undefined;
      let page: Page | undefined;
      return new ReadableStream(
        {
          start: (controller) => {
            page = { controller, openedAt: clock(), isPacked, cut };
            pages.add(page);
            if (topic) join(page, topic);
            if (isPacked) controller.enqueue(GZIP_HEAD);
            put(page, RETRY_EVENT);
          },
          pull: () => {
            if (page?.missesParts !== true) return;
            page.missesParts = false;
            put(page, CHANGED_EVENT);
          },
          cancel: () => {
            if (page !== undefined) forget(page);
          },
        },
        { highWaterMark: MAX_BUFFERED_CHUNKS },
      );
    },
    changed: () => {
      const told = new Set([...audiences.values()].flatMap((audience) => [...audience.pages]));
      send(pages.difference(told), CHANGED_EVENT);
      for (const audience of audiences.values()) void tell(audience);
    },
    sweep: () => {
      const now = clock();
      for (const page of pages) {
        if (hasRoom(page)) delete page.fullSince;
        else page.fullSince ??= now;
        if (page.fullSince !== undefined && now - page.fullSince >= UNREAD_MS) cutOff(page);
        else if (now - page.openedAt >= LIFE_MS) finish(page);
      }
      send(pages, STILL_HERE);
    },
    end: () => {
      for (const { controller } of pages) controller.close();
      pages.clear();
      audiences.clear();
    },
  };
};
