import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import type { Context } from 'hono';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

type Bytes = Uint8Array<ArrayBuffer>;

/** What is sent: a page or a file of a page. */
interface Sent {
  readonly content: string | Bytes;
  readonly type: string;
  /** The `Cache-Control` of it. */
  readonly caching: string;
  /** Of brotli, up to 11: the higher, the smaller, and the slower to make. */
  readonly quality: number;
}

const ENCODERS: Readonly<Record<string, (sent: Sent) => Promise<Uint8Array>>> = {
  br: ({ content, quality }) =>
    brotli(content, {
      params: { [zlib.BROTLI_PARAM_QUALITY]: quality, [zlib.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
  gzip: ({ content }) => gzipped(content),
};

/** The best encoding that a browser takes; undefined for none. */
export const encodingFor = (accepted = ''): string | undefined =>
  Object.keys(ENCODERS).find((encoding) =>
    new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`).test(accepted),
  );

/** Compressed answers kept: the pages that are open at a time, in the readers' languages, and their fonts. */
const MAX_KEPT = 40;

export interface PageAnswers {
  /** An answer by its content: nothing for who has it already, else compressed, which is done once. */
  answer(context: Context, sent: Sent): Promise<Response>;
}

/** A browser asks each time, as the page may have changed; others keep nothing. */
export const pageSent = (content: string): Sent => ({
  ...{ content, type: 'text/html; charset=utf-8', caching: 'private, no-cache', quality: 5 },
});

/** Asked for once a week. */
export const fontSent = (content: Bytes): Sent => ({
  ...{ content, type: 'font/ttf', caching: 'max-age=604800', quality: 9 },
});

export const createPageAnswers = (): PageAnswers => {
  const kept = new Map<string, Promise<Bytes>>();
  const compressed = (key: string, making: () => Promise<Uint8Array>): Promise<Bytes> => {
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= MAX_KEPT) kept.clear();
    const made = making().then((bytes) => new Uint8Array(bytes));
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
  return {
    answer: async (context, sent) => {
      const encoding = encodingFor(context.req.header('accept-encoding'));
      const etag = `"${hash('sha1', sent.content, 'base64url')}${encoding === undefined ? '' : `-${encoding}`}"`;
      const headers = {
        'cache-control': sent.caching,
        'content-type': sent.type,
        etag,
        vary: 'accept-encoding, cookie',
      };
      const has = context.req.header('if-none-match')?.split(/\s*,\s*/) ?? [];
      if (has.some((tag) => tag.replace(/^W\//, '') === etag)) return context.body(null, 304, headers);
      const encode = encoding === undefined ? undefined : ENCODERS[encoding];
      if (encoding === undefined || encode === undefined) return context.body(sent.content, 200, headers);
      return context.body(await compressed(etag, () => encode(sent)), 200, {
        ...headers,
        'content-encoding': encoding,
      });
    },
  };
};
