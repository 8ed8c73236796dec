import type { Generated } from 'kysely';

/** Times are epoch milliseconds, prices micro-units, sessions YYYY-MM-DD, bodies JSON text, flags 0 or 1. */
export interface Schema {
  meta: MetaRow;
  bars: BarRow;
  splits: SplitRow;
  slide_states: SlideStateRow;
  last_quotes: LastQuoteRow;
  stories: StoryRow;
  alerts: AlertRow;
  channels: ChannelRow;
  deliveries: DeliveryRow;
  filed_facts: FiledFactRow;
  filing_marks: FilingMarkRow;
  edgar_answers: EdgarAnswerRow;
  job_runs: JobRunRow;
  fanouts: FanoutRow;
  mutes: MuteRow;
  custom_symbols: CustomSymbolRow;
  quote_memories: QuoteMemoryRow;
  digests: DigestTableRow;
  digest_marks: DigestMarkRow;
  report_days: ReportDayRow;
  open_answers: PendingReplyRow;
}

export interface MetaRow {
  name: string;
  value: string;
}

export interface BarRow {
  symbol: string;
  session: string;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export interface SplitRow {
  symbol: string;
  session: string;
  numerator: number;
  denominator: number;
}

export interface SlideStateRow {
  symbol: string;
  /** A SlideState. */
  body: string;
  /** The rules that the state was folded under; a state of other rules is folded anew. */
  rules: string;
  updated_at: number;
}

export interface LastQuoteRow {
  symbol: string;
  price: number;
  trade_time: number;
  session: string;
  market_state: string;
  delay_minutes: number;
  source: string;
  seen_at: number;
  /** 1 where nobody had watched for a while before it. */
  after_gap: number;
}

export interface StoryRow {
  id: Generated<number>;
  kind: string;
  symbol: string;
  body: string;
  created_at: number;
}

export interface AlertRow {
  id: Generated<number>;
  story_id: number;
  symbol: string;
  kind: string;
  session: string;
  body: string;
  created_at: number;
}

export interface ChannelRow {
  id: Generated<number>;
  platform: string;
  /** The platform's own id of the channel. */
  address: string;
  language: string;
  /** Null while the channel is in use; else why it was retired. */
  retired: string | null;
  created_at: number;
  /** The platform's own id of the server or workspace. */
  workspace: string | null;
  origin: Generated<'env' | 'setup' | 'invite'>;
  /** The platform's id of whoever set it up. */
  made_by: string | null;
  /** A ChannelSettings: what differs from the defaults; null = nothing. */
  settings: string | null;
  /** Why nothing can be posted there at the moment, and what to do; null while it can. */
  paused: string | null;
  paused_at: number | null;
  /** 1 once the person who set it up has been told of this pause. */
  person_told: Generated<number>;
  /** When a paused channel is tried again; null = with the next that is owed to it. */
  try_at: number | null;
}

export type DeliveryState =
  /** Owed, and due at `due_at`. */
  | 'pending'
  /** In the hands of a courier until `leased_until`. */
  | 'leased'
  /** Held by the channel's quiet hours until `held_until`. */
  | 'quiet'
  /** May be there or not, and the channel may not be read: held until a person or the configured choice decides. */
  | 'unsure'
  | 'sent'
  /** Told by a deeper alert of the same symbol in the same card. */
  | 'merged'
  /** Told by the summary at the end of the quiet hours. */
  | 'summed'
  /** Held back by a mute, and counted there. */
  | 'muted'
  /** Older than its useful life. */
  | 'expired'
  /** The channel is gone. */
  | 'gone'
  /** The platform will never take it: a fault of ours. */
  | 'failed';

export interface DeliveryRow {
  id: Generated<number>;
  story_id: number;
  channel_id: number;
  state: DeliveryState;
  /** The first delivery of the card that this one is part of; set when the card's parts are decided. */
  batch: number | null;
  attempts: number;
  /** 1 where a try may have reached the channel without our knowing. */
  maybe_posted: number;
  due_at: number;
  leased_until: number | null;
  expires_at: number;
  message_id: string | null;
  /** What the last try came to, for a person. */
  reason: string | null;
  created_at: number;
  settled_at: number | null;
  /** 0 = alerts, 1 = what follows them (figures, recovery, summary, notice, greeting), 2 = digests, 3 = cards that cannot be made at present. */
  priority: Generated<number>;
  /** Until when it is held: `quiet`, to the end of the quiet hours; `unsure`, until the configured choice decides. */
  held_until: number | null;
  /** The channel's, so that each platform's queue is an index of its own. */
  platform: string;
  /** 1 once a courier has seen that it is due: what is ripe is taken in order, without a look at all that is not. */
  ripe: Generated<number>;
  /** When the first try began that may have reached the channel. */
  doubt_since: number | null;
}

/** Stories that are owed to many channels: written with what they tell of, and turned into deliveries piece by piece. */
export interface FanoutRow {
  id: Generated<number>;
  /** A Plan (src/stories/fanout-plan.ts). */
  plan: string;
  /** The last channel that has its delivery. */
  cursor: number;
  /** The last channel there was when it was written: later ones are not told. */
  upto: number;
  due_at: number;
  expires_at: number;
  created_at: number;
  done_at: number | null;
}

export interface MuteRow {
  channel_id: number;
  /** `*` = all. */
  symbol: string;
  until: number;
  held: number;
  made_by: string;
  created_at: number;
}

export interface CustomSymbolRow {
  symbol: string;
  name: string;
  kind: 'stock' | 'index';
  source: string;
  ticker: string;
  added_at: number;
}

export interface QuoteMemoryRow {
  symbol: string;
  /** A Jump (market/judge.ts): a price that waits for another quote to agree. The last quote is in `last_quotes`. */
  body: string;
}

/** One row for each channel and day whose digest was decided on: what keeps it from being posted twice. */
export interface DigestTableRow {
  channel_id: number;
  /** The session that it tells of, or the closed day. */
  day: string;
  state: 'queued' | 'skipped';
  created_at: number;
}

/** How far the digests of one `digestKey` have been decided: what keeps two wakes from telling the same. */
export interface DigestMarkRow {
  key: string;
  /** The last day that was told or skipped. */
  day: string;
  decided_at: number;
  /** When one was last told; null = never. */
  told_at: number | null;
}

export interface ReportDayRow {
  symbol: string;
  /** New York's day on which the company reports next. */
  day: string;
  estimated: number;
  fetched_at: number;
}

/** An answer that a person waits for: told after a restart that it will not come. */
export interface PendingReplyRow {
  id: string;
  platform: string;
  /** What the platform needs to reach the person once more. */
  body: string;
  created_at: number;
}

export interface FiledFactRow {
  id: string;
  subject: string;
  /** A Fact. */
  body: string;
  added_at: number;
}

export interface FilingMarkRow {
  subject: string;
  /** The newest report that was read. */
  accession: string;
  read_at: number;
}

export interface EdgarAnswerRow {
  path: string;
  body: string;
  etag: string | null;
  last_modified: string | null;
}

export interface JobRunRow {
  name: string;
  ran_at: number;
  took_ms: number | null;
  /** A RunResult; null = done, with nothing to count. */
  result: string | null;
  next_at: number | null;
}
