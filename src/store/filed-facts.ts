import type { OpenFigure } from '../facts/edgar/filed-facts.ts';
import type { Fact, Subject } from '../facts/fact.ts';
import type { Db } from './store.ts';

/** Facts from filings, of one subject or of all, in the order they were added. */
export const readFiledFacts = async (db: Db, subject?: Subject): Promise<Fact[]> => {
  const all = db.selectFrom('filed_facts').select('body').orderBy('added_at').orderBy('id');
  const rows = await (subject === undefined ? all : all.where('subject', '=', subject)).execute();
  return rows.map(({ body }) => JSON.parse(body) as Fact);
};

/** The times at which facts were added, by fact id, from `from` on; epoch milliseconds. */
export const readAddedAt = async (db: Db, from: number): Promise<Map<string, number>> => {
  const rows = await db.selectFrom('filed_facts').select(['id', 'added_at']).where('added_at', '>=', from).execute();
  return new Map(rows.map(({ id, added_at }) => [id, added_at]));
};

/** Adds facts; one with a known id stays as it is. */
export const addFiledFacts = async (db: Db, facts: readonly Fact[], now: number): Promise<void> => {
  if (facts.length === 0) return;
  await db
    .insertInto('filed_facts')
    .values(facts.map((fact) => ({ id: fact.id, subject: fact.subject, body: JSON.stringify(fact), added_at: now })))
    .onConflict((on) => on.column('id').doNothing())
    .execute();
};

/** Whether a fact says more than a day about when it was published, as all but those of earlier versions do. */
export const isDated = ({ time, knownBy }: Fact): boolean => time !== undefined || knownBy !== undefined;

/** Deletes a subject's facts without a minute and a bound: what is read anew takes their place. */
export const dropUndatedFacts = async (db: Db, subject: Subject): Promise<void> => {
  const ids = (await readFiledFacts(db, subject)).filter((fact) => !isDated(fact)).map(({ id }) => id);
  for (const id of ids) await db.deleteFrom('filed_facts').where('id', '=', id).execute();
};

/** Accession number of the newest report read of a company. */
export const readFilingMark = async (db: Db, subject: Subject): Promise<string | undefined> => {
  const row = await db.selectFrom('filing_marks').select('accession').where('subject', '=', subject).executeTakeFirst();
  return row?.accession;
};

export const writeFilingMark = async (db: Db, subject: Subject, accession: string, now: number): Promise<void> => {
  const row = { accession, read_at: now };
  await db
    .insertInto('filing_marks')
    .values({ subject, ...row })
    .onConflict((on) => on.column('subject').doUpdateSet(row))
    .execute();
};

/** Prefix in `meta` of an open figure: its name goes on with subject, metric and state, and its value is the day. */
const OPEN = 'open figure';

/** In the place of the metric: all of a quarter, whose value is an instant. */
const QUARTER = 'quarter';

/** Everything that is still to come of the newest quarters, of one subject or of all. */
export const readOpenFigures = async (
  db: Db,
  subject?: Subject,
): Promise<(OpenFigure & { readonly subject: Subject })[]> => {
  const prefix = subject === undefined ? OPEN : `${OPEN} ${subject}`;
  const rows = await db.selectFrom('meta').selectAll().where('name', 'like', `${prefix} %`).orderBy('name').execute();
  return rows.map(({ name, value }) => {
    const [of = '', metric = '', state = ''] = name.slice(OPEN.length + 1).split(' ');
    const what = metric === QUARTER ? { state, at: Number(value) } : { state, metric, filed: value };
    return { subject: of, ...what } as OpenFigure & { subject: Subject };
  });
};

const markOf = (subject: Subject, open: OpenFigure): { readonly name: string; readonly value: string } =>
  open.state === 'released'
    ? { name: `${OPEN} ${subject} ${QUARTER} ${open.state}`, value: String(open.at) }
    : { name: `${OPEN} ${subject} ${open.metric} ${open.state}`, value: open.filed };

/** Replaces what was noted of a subject. */
export const writeOpenFigures = async (db: Db, subject: Subject, open: readonly OpenFigure[]): Promise<void> => {
  await db.deleteFrom('meta').where('name', 'like', `${OPEN} ${subject} %`).execute();
  if (open.length === 0) return;
  const marks = open.map((it) => markOf(subject, it));
  await db.insertInto('meta').values(marks).execute();
};
