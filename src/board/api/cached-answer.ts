import { hash } from 'node:crypto';
import type { Context } from 'hono';

/** Of what may change at any time: kept by the one who asked, and asked about each time. */
export const ASK_EACH_TIME = 'private, no-cache';

const hasSeen = (header: string, tag: string): boolean =>
  header.split(',').some((it) => ['*', tag, tag.slice('W/'.length)].includes(it.trim()));

/**
 * Answers with a body and its tag, or with 304 if the one who asks has it. `same`: what two bodies have in common that say the same.
 * The tag is weak, since the body may be compressed.
 */
export const cachedAnswer = (
  context: Context,
  body: string,
  {
    type,
    cache = ASK_EACH_TIME,
    same = body,
  }: { readonly type: string; readonly cache?: string; readonly same?: string },
): Response => {
  const tag = `W/"${hash('sha1', same, 'base64url')}"`;
  const headers = { etag: tag, 'cache-control': cache };
  const seen = context.req.header('if-none-match');
  if (seen !== undefined && hasSeen(seen, tag)) return context.body(null, 304, headers);
  return context.body(body, 200, { ...headers, 'content-type': type });
};
