import { DatabaseSync } from 'node:sqlite';
import type { Story } from '../../src/stories/story.ts';
import { cardName, nameOf } from './expected.ts';

/** Reads the bot's database from another process; the file is not held open between reads. */
export interface Look {
  /** When an alert of a symbol was first stored at `since` or later, epoch milliseconds; undefined if none was yet. */
  alertOf(symbol: string, since: number): number | undefined;
  /** Number of symbols with a quote of this session. */
  quoted(session: string): number;
  /** Number of unfinished deliveries and fan-outs. */
  open(): number;
  /** How many deliveries ended in each state. */
  states(): Readonly<Record<string, number>>;
  /** The names of posted cards, by batch number. */
  cards(): ReadonlyMap<number, string>;
}

type Row = Readonly<Record<string, string | number | null>>;

export const createLook = (path: string): Look => {
  /** No rows if the file cannot be read at the moment; callers poll. */
  const rows = (sql: string, ...values: readonly (string | number)[]): Row[] => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
    try {
      return database.prepare(sql).all(...values) as Row[];
    } catch {
      return [];
    } finally {
      database.close();
    }
  };
  const count = (sql: string, ...values: readonly (string | number)[]): number =>
    Number(rows(sql, ...values)[0]?.n ?? Number.NaN);
  return {
    alertOf: (symbol, since) => {
      const [row] = rows(
        'SELECT min(created_at) AS at FROM alerts WHERE symbol = ? AND created_at >= ?',
        symbol,
        since,
      );
      return row?.at == null ? undefined : Number(row.at);
    },
    quoted: (session) => count('SELECT count(*) AS n FROM last_quotes WHERE session = ?', session),
    open: () =>
      count(`SELECT (SELECT count(*) FROM deliveries WHERE state IN ('pending', 'leased', 'quiet', 'unsure'))
        + (SELECT count(*) FROM fanouts WHERE done_at IS NULL) AS n`),
    states: () =>
      Object.fromEntries(
        rows('SELECT state, count(*) AS n FROM deliveries GROUP BY state').map(({ state, n }) => [state, Number(n)]),
      ),
    cards: () => {
      const sent = rows(`SELECT d.batch, s.body FROM deliveries d JOIN stories s ON s.id = d.story_id
        WHERE d.state = 'sent' ORDER BY d.id`).map(({ batch, body }) => ({
        batch: Number(batch),
        story: JSON.parse(String(body)) as Story,
      }));
      return new Map(
        [...Map.groupBy(sent, ({ batch }) => batch)].map(([batch, of]) => [
          batch,
          cardName(of.map(({ story }) => ('price' in story ? nameOf(story.symbol, story.price / 1e6) : story.kind))),
        ]),
      );
    },
  };
};
