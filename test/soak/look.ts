import type { Place } from '../../src/channels/channels.ts';
import type { Story } from '../../src/stories/story.ts';
import type { Row, SoakDatabase } from './database.ts';
import { cardName, nameOf } from './expected.ts';

/** What became of a fall in a channel. `settledAt`: when it came to its end, epoch milliseconds; 0 if it has not. */
export interface SlideDelivery {
  readonly platform: string;
  readonly address: string;
  readonly name: string;
  readonly state: string;
  readonly settledAt: number;
}

/** What a card tells: a fall after the bell or a change of the bill of a symbol, or what a mute has held back. */
export interface Told {
  /** `after-hours META`, `bill META`, `mute-end NVDA`; the kind alone for all others. */
  readonly name: string;
  /** Alerts held back. */
  readonly count: number;
}

const toldBy = (story: Story): Told => {
  switch (story.kind) {
    case 'after-hours':
    case 'bill':
      return { name: `${story.kind} ${story.symbol}`, count: 1 };
    case 'mute-end':
      return {
        name: `mute-end ${story.muted.join(' ')}`,
        count: story.counts.reduce((sum, { count }) => sum + count, 0),
      };
    default:
      return { name: story.kind, count: 1 };
  }
};

/** Reads the bot's database from another process. Everything throws while the database cannot be read. */
export interface Look {
  /** When an alert of a symbol was first stored at `since` or later, epoch milliseconds; undefined if none was yet. */
  alertOf(symbol: string, since: number): Promise<number | undefined>;
  /** Number of symbols with a quote of this session. */
  quoted(session: string): Promise<number>;
  /** Number of unfinished fan-outs. */
  fanOuts(): Promise<number>;
  /** Number of unfinished deliveries and fan-outs. */
  open(): Promise<number>;
  /** How many deliveries of slides, and of all else, ended in each state. */
  states(): Promise<readonly { readonly state: string; readonly slide: boolean; readonly count: number }[]>;
  /** The names of cards that were tried, by batch number; undefined for one that tells of no slide. */
  cards(): Promise<ReadonlyMap<number, string | undefined>>;
  /** The status of each of a platform's channels, by address. */
  statuses(platform: string): Promise<ReadonlyMap<string, string>>;
  /** Falls after the bell of a session that are told. */
  afterHours(session: string): Promise<readonly { readonly symbol: string; readonly isDeeper: boolean }[]>;
  /** Whether a symbol is muted in a channel, or was. */
  isMuted(place: Place, symbol: string): Promise<boolean>;
  /** Number of direct messages and of edits of falls after the bell that are still to be made. */
  aside(): Promise<number>;
  /** What cards tell that were tried and tell of no fall of the day, by batch number. */
  others(): Promise<ReadonlyMap<number, Told>>;
  /** Every delivery with its channel. */
  deliveries(): Promise<readonly Row[]>;
  /** The deliveries of falls. */
  slides(): Promise<readonly SlideDelivery[]>;
}

export const createLook = ({ rows }: Pick<SoakDatabase, 'rows'>): Look => {
  const count = async (sql: string, ...values: readonly (string | number)[]): Promise<number> =>
    Number((await rows(sql, ...values))[0]?.n);
  const deliveries = () =>
    rows(`SELECT d.*, c.platform AS place, c.address, s.symbol, s.kind, s.body FROM deliveries d
        JOIN channels c ON c.id = d.channel_id JOIN stories s ON s.id = d.story_id ORDER BY d.id`);
  return {
    alertOf: async (symbol, since) => {
      const [row] = await rows(
        'SELECT min(created_at) AS at FROM alerts WHERE symbol = ? AND created_at >= ?',
        symbol,
        since,
      );
      return row?.at == null ? undefined : Number(row.at);
    },
    quoted: (session) => count('SELECT count(*) AS n FROM last_quotes WHERE session = ?', session),
    fanOuts: () => count('SELECT count(*) AS n FROM fanouts WHERE done_at IS NULL'),
    open: () =>
      count(`SELECT (SELECT count(*) FROM deliveries WHERE state IN ('pending', 'leased', 'quiet', 'unsure'))
        + (SELECT count(*) FROM fanouts WHERE done_at IS NULL) AS n`),
    states: async () =>
      (
        await rows(`SELECT d.state, s.kind = 'slide' AS slide, count(*) AS n FROM deliveries d
          JOIN stories s ON s.id = d.story_id GROUP BY d.state, s.kind = 'slide'`)
      ).map(({ state, slide, n }) => ({ state: String(state), slide: Boolean(slide), count: Number(n) })),
    cards: async () => {
      const found = await rows(`SELECT d.batch, s.body FROM deliveries d JOIN stories s ON s.id = d.story_id
        WHERE d.state IN ('sent', 'gone') AND d.batch IS NOT NULL ORDER BY d.id`);
      const sent = found.map(({ batch, body }) => ({
        batch: Number(batch),
        story: JSON.parse(String(body)) as Story,
      }));
      return new Map(
        [...Map.groupBy(sent, ({ batch }) => batch)].map(([batch, of]) => [
          batch,
          of.some(({ story }) => story.kind !== 'slide')
            ? undefined
            : cardName(
                of.map(({ story }) => ('price' in story ? nameOf(story.symbol, story.price / 1e6) : story.kind)),
              ),
        ]),
      );
    },
    afterHours: async (session) =>
      (await rows('SELECT symbol, deeper FROM after_hours WHERE session = ?', session)).map(({ symbol, deeper }) => ({
        symbol: String(symbol),
        isDeeper: deeper !== null,
      })),
    isMuted: async ({ platform, address }, symbol) =>
      (await count(
        `SELECT count(*) AS n FROM mutes m JOIN channels c ON c.id = m.channel_id
          WHERE c.platform = ? AND c.address = ? AND m.symbol = ?`,
        platform,
        address,
        symbol,
      )) > 0,
    aside: () =>
      count(`SELECT (SELECT count(*) FROM personal_pings) + (SELECT count(*) FROM edits e JOIN deliveries d ON d.id = e.batch
        JOIN stories s ON s.id = d.story_id WHERE e.due_at IS NOT NULL AND e.platform <> 'board' AND s.kind = 'after-hours') AS n`),
    others: async () => {
      const found = await rows(`SELECT d.batch, s.body FROM deliveries d JOIN stories s ON s.id = d.story_id
        WHERE d.state IN ('sent', 'gone') AND d.batch IS NOT NULL AND s.kind <> 'slide'`);
      return new Map(found.map(({ batch, body }) => [Number(batch), toldBy(JSON.parse(String(body)) as Story)]));
    },
    statuses: async (platform) => {
      const found = await rows('SELECT address, status FROM channels WHERE platform = ?', platform);
      return new Map(found.map(({ address, status }) => [String(address), String(status)]));
    },
    deliveries,
    slides: async () =>
      (await deliveries())
        .filter(({ kind }) => kind === 'slide')
        .map(({ place, address, state, settled_at, symbol, body }) => ({
          ...{ platform: String(place), address: String(address), state: String(state) },
          ...{ settledAt: Number(settled_at), name: nameOf(String(symbol), JSON.parse(String(body)).price / 1e6) },
        })),
  };
};
