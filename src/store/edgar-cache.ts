import type { EdgarCache } from '../facts/edgar/cache.ts';
import type { Db } from './store.ts';

/** EDGAR's last responses with their validators, so that an unchanged one is not sent again, even after a restart. */
export const cachedAnswers = (db: Db): EdgarCache => ({
  get: async (path) => {
    const row = await db.selectFrom('edgar_answers').selectAll().where('path', '=', path).executeTakeFirst();
    if (!row) return undefined;
    const { body, etag, last_modified: lastModified } = row;
    return { body, ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) };
  },
  set: async (path, { body, etag, lastModified }) => {
    const row = { body, etag: etag ?? null, last_modified: lastModified ?? null };
    await db
      .insertInto('edgar_answers')
      .values({ path, ...row })
      .onConflict((on) => on.column('path').doUpdateSet(row))
      .execute();
  },
});
