import type { OpenSegment } from '../facts/edgar/segments/open-segment.ts';
import type { Subject } from '../facts/fact.ts';
import type { Db } from './store.ts';

/** Prefix in `meta` of an open segment figure: its name goes on with subject, metric and the day of the report; its value is the state. */
const OPEN = 'open segment';

/** Segment figures that reports should have and that are not in, of one subject or of all, oldest report first. */
export const readOpenSegments = async (
  db: Db,
  subject?: Subject,
): Promise<(OpenSegment & { readonly subject: Subject })[]> => {
  const prefix = subject === undefined ? OPEN : `${OPEN} ${subject}`;
  const rows = await db.selectFrom('meta').selectAll().where('name', 'like', `${prefix} %`).orderBy('name').execute();
  return rows.map(({ name, value }) => {
    const [of = '', metric = '', filed = ''] = name.slice(OPEN.length + 1).split(' ');
    return { subject: of, state: value, metric, filed } as OpenSegment & { subject: Subject };
  });
};

/** Replaces what was noted of a subject; one state a report and metric. */
export const writeOpenSegments = async (db: Db, subject: Subject, open: readonly OpenSegment[]): Promise<void> => {
  await db.deleteFrom('meta').where('name', 'like', `${OPEN} ${subject} %`).execute();
  if (open.length === 0) return;
  const marks = open.map(({ metric, filed, state }) => ({
    name: `${OPEN} ${subject} ${metric} ${filed}`,
    value: state,
  }));
  await db.insertInto('meta').values(marks).execute();
};
