import { MINUTE_MS } from '../util/durations.ts';

/** Server-sent events to all open pages. They say that something has changed, not what. */
export interface ChangeStream {
  /**
   * The response body for one page; undefined if as many are open as may be. `cut` ends the connection of a page that
   * does not read, whose body nobody takes.
   */
  open(cut?: () => void): ReadableStream<Uint8Array> | undefined;
  /** Makes every page ask for what it shows. */
  changed(): void;
  /** Keeps idle streams alive, cuts those that are not read and ends the old ones. To be called every few seconds. */
  sweep(): void;
  /** Ends every stream. */
  end(): void;
}

/** Streams open at a time: each costs a descriptor, and cards need some, too. */
export const MAX_STREAMS = 60;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const RETRY_EVENT = encode('retry: 3000\n\n');
const CHANGED_EVENT = encode('event: changed\ndata: \n\n');
/** The page opens another stream at once. */
const AGAIN_EVENT = encode('event: again\ndata: \n\n');
const STILL_HERE = encode(':\n\n');

/**
 * Chunks buffered for a page that does not read. A full buffer contains an unread `changed` event, so dropping another one
 * loses nothing.
 */
const MAX_BUFFERED_CHUNKS = 4;

/** A page whose buffer stays full for so long does not read. */
const UNREAD_MS = MINUTE_MS;

/** The operating system buffers far more events than that, so no stream lives longer; a page that reads opens another. */
const LIFE_MS = 10 * MINUTE_MS;

interface Page {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  readonly openedAt: number;
  readonly cut: () => void;
  fullSince?: number;
}

/** `clock`: epoch milliseconds. */
export const createChangeStream = (clock: () => number = Date.now): ChangeStream => {
  const pages = new Set<Page>();
  const hasRoom = ({ controller }: Page): boolean => (controller.desiredSize ?? 0) > 0;
  const sendAll = (event: Uint8Array): void => {
    for (const page of pages) if (hasRoom(page)) page.controller.enqueue(event);
  };
  const cutOff = (page: Page): void => {
    pages.delete(page);
    page.controller.error(new Error('the page does not read its events'));
    page.cut();
  };
  const finish = (page: Page): void => {
    pages.delete(page);
    page.controller.enqueue(AGAIN_EVENT);
    page.controller.close();
  };
  return {
    open: (cut = () => {}) => {
      if (pages.size >= MAX_STREAMS) return undefined;
      let page: Page | undefined;
      return new ReadableStream(
        {
          start: (controller) => {
            page = { controller, openedAt: clock(), cut };
            pages.add(page);
            controller.enqueue(RETRY_EVENT);
          },
          cancel: () => {
            if (page !== undefined) pages.delete(page);
          },
        },
        { highWaterMark: MAX_BUFFERED_CHUNKS },
      );
    },
    changed: () => sendAll(CHANGED_EVENT),
    sweep: () => {
      const now = clock();
      for (const page of pages) {
        if (hasRoom(page)) delete page.fullSince;
        else page.fullSince ??= now;
        if (page.fullSince !== undefined && now - page.fullSince >= UNREAD_MS) cutOff(page);
        else if (now - page.openedAt >= LIFE_MS) finish(page);
      }
      sendAll(STILL_HERE);
    },
    end: () => {
      for (const { controller } of pages) controller.close();
      pages.clear();
    },
  };
};
