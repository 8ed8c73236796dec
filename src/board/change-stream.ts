/** Server-Sent Events to every page that is open. */
export interface ChangeStream {
  /** The body of one page's stream. */
  open(): ReadableStream<Uint8Array>;
  /** Tells every page to read again. */
  changed(): void;
  /** Ends every stream. */
  end(): void;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const RECONNECT = encode('retry: 3000\n\n');
const CHANGED = encode('event: changed\ndata: \n\n');

/**
 * Chunks kept for a page that does not read. When they are full, a `changed` is among them that the page has yet to
 * see, so leaving out another loses nothing.
 */
const KEPT = 4;

export const createChangeStream = (): ChangeStream => {
  const pages = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const open = (): ReadableStream<Uint8Array> => {
    let page: ReadableStreamDefaultController<Uint8Array> | undefined;
    return new ReadableStream(
      {
        start: (controller) => {
          page = controller;
          pages.add(controller);
          controller.enqueue(RECONNECT);
        },
        cancel: () => {
          if (page !== undefined) pages.delete(page);
        },
      },
      { highWaterMark: KEPT },
    );
  };
  return {
    open,
    changed: () => {
      for (const page of pages) if ((page.desiredSize ?? 0) > 0) page.enqueue(CHANGED);
    },
    end: () => {
      for (const page of pages) page.close();
      pages.clear();
    },
  };
};
