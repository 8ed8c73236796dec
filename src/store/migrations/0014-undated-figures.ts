import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

interface Before {
  filed_facts: { subject: string; body: string };
  filing_marks: { subject: string };
}

/**
 * Figures of earlier versions have the day of the report, and neither the minute of the release nor a bound. Without its
 * mark a company's filings are read anew, and what they give takes the place of those figures.
 */
export const undatedFigures: Migration = {
  up: async (db: Kysely<Before>) => {
    const undated = db
      .selectFrom('filed_facts')
      .select('subject')
      .where('body', 'not like', '%"time":%')
      .where('body', 'not like', '%"knownBy":%');
    await db.deleteFrom('filing_marks').where('subject', 'in', undated).execute();
  },
};
