/** Server-sent events to all open pages. */
export interface ChangeStream {
  /** The response body for one page. */
  open(): ReadableStream<Uint8Array>;
  /** Makes every page reload its data. */
  changed(): void;
  /** Ends every stream. */
  end(): void;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const RETRY_EVENT = encode('retry: 3000\n\n');
const CHANGED_EVENT = encode('event: changed\ndata: \n\n');

/**
 * Chunks buffered for a page that does not read. A full buffer contains an unread `changed` event, so dropping another one
 * loses nothing.
 */
const MAX_BUFFERED_CHUNKS = 4;

export const createChangeStream = (): ChangeStream => {
  const pages = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const open = (): ReadableStream<Uint8Array> => {
    let page: ReadableStreamDefaultController<Uint8Array> | undefined;
    return new ReadableStream(
      {
        start: (controller) => {
          page = controller;
          pages.add(controller);
          controller.enqueue(RETRY_EVENT);
        },
        cancel: () => {
          if (page !== undefined) pages.delete(page);
        },
      },
      { highWaterMark: MAX_BUFFERED_CHUNKS },
    );
  };
  return {
    open,
    changed: () => {
      for (const page of pages) if ((page.desiredSize ?? 0) > 0) page.enqueue(CHANGED_EVENT);
    },
    end: () => {
      for (const page of pages) page.close();
      pages.clear();
    },
  };
};
