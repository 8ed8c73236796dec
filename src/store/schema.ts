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
  /** The kinds of stories it wants, as a JSON list; null = all. */
  kinds: string | null;
  created_at: number;
}

export type DeliveryState =
  /** Owed, and due at `due_at`. */
  | 'pending'
  /** In the hands of a courier until `leased_until`. */
  | 'leased'
  | 'sent'
  /** Told by a deeper alert of the same symbol in the same card. */
  | 'merged'
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
}
