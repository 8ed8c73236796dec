import type { Generated } from 'kysely';
import type { PersonRefusal } from '../stories/subscription.ts';

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
  read_documents: ReadDocumentRow;
  proposals: ProposalRow;
  job_runs: JobRunRow;
  job_history: JobHistoryRow;
  fanouts: FanoutRow;
  mutes: MuteRow;
  custom_symbols: CustomSymbolRow;
  channel_symbols: ChannelSymbolRow;
  quote_memories: QuoteMemoryRow;
  digests: DigestTableRow;
  digest_marks: DigestMarkRow;
  report_days: ReportDayRow;
  open_answers: PendingReplyRow;
  subscriptions: SubscriptionRow;
  personal_pings: PersonalPingRow;
  edits: EditRow;
  mute_notes: MuteNoteRow;
  bill_news: BillNewsRow;
  after_hours: AfterHoursRow;
}

interface MetaRow {
  name: string;
  value: string;
}

interface BarRow {
  symbol: string;
  session: string;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** `quote` while the close is only what quotes have said. */
  origin: string | null;
}

interface SplitRow {
  symbol: string;
  session: string;
  numerator: number;
  denominator: number;
}

interface SlideStateRow {
  symbol: string;
  /** A SlideState. */
  body: string;
  /** The rules under which the state was folded; under other rules it is folded again. */
  rules: string;
  updated_at: number;
}

interface LastQuoteRow {
  symbol: string;
  price: number;
  trade_time: number;
  session: string;
  market_state: string;
  delay_minutes: number;
  source: string;
  seen_at: number;
  /** 1 if nobody had watched the price for a while before it. */
  after_gap: number;
}

interface StoryRow {
  id: Generated<number>;
  kind: string;
  symbol: string;
  body: string;
  created_at: number;
}

interface AlertRow {
  id: Generated<number>;
  story_id: number;
  symbol: string;
  kind: string;
  session: string;
  body: string;
  created_at: number;
  /** When it turned out to be false; null = it stands. */
  withdrawn_at: number | null;
}

export type ChannelStatus =
  /** Gets cards. */
  | 'in-use'
  /** Gets its greeting and nothing else: nobody has made it a destination yet. */
  | 'greeted'
  /** Not in use; may return by itself. */
  | 'away'
  /** Not in use; may return together with its server or workspace. */
  | 'away-with-workspace'
  /** Not in use; returns by a command or an invitation. */
  | 'retired';

export interface ChannelRow {
  id: Generated<number>;
  platform: string;
  /** The platform's own id of the channel. */
  address: string;
  language: string;
  /** Default: in use. */
  status: Generated<ChannelStatus>;
  /** Why it is away or retired, for people. */
  status_reason: string | null;
  created_at: number;
  /** The platform's own id of the server or workspace. */
  workspace: string | null;
  origin: Generated<'env' | 'setup' | 'invite'>;
  /** The platform's id of the person who set it up. */
  made_by: string | null;
  /** A ChannelSettings: what differs from the defaults; null = all defaults. */
  settings: string | null;
  /** A Pause: why nothing can be posted there at the moment, and what to do; null = not paused. */
  paused: string | null;
  paused_at: number | null;
  /** 1 once this pause was announced to the person who set it up, or in another channel. */
  person_told: Generated<number>;
  /** When a paused channel is tried again; null = with its next delivery. */
  try_at: number | null;
  /** Lacks (stories/lacks.ts): the parts of a card that are refused there; null = none. */
  lacks: string | null;
  /** Slides that come until then are gathered. */
  shut_until: Generated<number>;
  /** A SlideWindow as JSON; null = no slide yet. */
  slide_window: string | null;
}

export type DeliveryState =
  /** In the queue, due at `due_at`. */
  | 'pending'
  /** Leased by a courier until `leased_until`. */
  | 'leased'
  /** Held by the channel's quiet hours until `held_until`. */
  | 'quiet'
  /** Unconfirmed: the post may exist, and the channel may not be read. Held until a check finds it or WHEN_UNSURE applies. */
  | 'unsure'
  | 'sent'
  /** Replaced by a deeper alert of the same symbol. */
  | 'merged'
  /** Replaced by the summary at the end of the quiet hours. */
  | 'summed'
  /** Not sent: its alert was false. */
  | 'withdrawn'
  /** Held back and counted by a mute. */
  | 'muted'
  /** Not sent within its lifetime. */
  | 'expired'
  /** The channel is gone. */
  | 'gone'
  /** The platform will never accept it: a bug in the card. */
  | 'failed';

interface DeliveryRow {
  id: Generated<number>;
  story_id: number;
  channel_id: number;
  state: DeliveryState;
  /** Id of the first delivery of its card; null until the card's parts are fixed. */
  batch: number | null;
  attempts: number;
  /** 1 if an attempt may have reached the channel unconfirmed. */
  maybe_posted: number;
  due_at: number;
  leased_until: number | null;
  expires_at: number;
  message_id: string | null;
  /** The platform's own id of the picture, if an edit has to name it. */
  file_id: string | null;
  /** Result of the last attempt, for people. */
  reason: string | null;
  created_at: number;
  settled_at: number | null;
  /** 0 = alerts, 1 = what follows them (figures, recovery, summary, notice, greeting), 2 = digests, 3 = cards that cannot be built at present. */
  priority: Generated<number>;
  /** `quiet`: end of the quiet hours; `unsure`: when WHEN_UNSURE applies. */
  held_until: number | null;
  /** `muted`: the end of the mute; null before that was noted. */
  muted_until: Generated<number | null>;
  /** `muted`: the symbol of the mute that holds it back, `*` = all; null once that has told of it, and before that was noted. */
  muted_by: Generated<string | null>;
  /** The channel's platform, so that each platform's queue is a range of an index. */
  platform: string;
  /** 1 once a courier has seen that it is due (ready): an index lists the ready ones in the queue's order. */
  is_ready: Generated<number>;
  /** Start of the first attempt that may have reached the channel. */
  doubt_since: number | null;
}

/** A fall after the bell of `session` that was told. Prices in micro-units, times in epoch milliseconds. */
interface AfterHoursRow {
  symbol: string;
  session: string;
  /** Of the card that told it. */
  story_id: number;
  close: number;
  price: number;
  trade_time: number;
  /** A DeeperAfterHours as JSON, once it went so much deeper that the card was to say so. */
  deeper: string | null;
}

/** Posted cards that were or are to be written anew. */
export interface EditRow {
  /** Of the card's deliveries: the id of the first. */
  batch: number;
  platform: string;
  /** Null while nothing is owed. */
  due_at: number | null;
  expires_at: number;
  /** Grows with everything that is owed. */
  revision: number;
  attempts: number;
  /** How often it was edited, and when last. */
  edited: number;
  edited_at: number | null;
  /** Why it can never be edited, for people; null = it can. */
  ended: string | null;
  created_at: number;
}

/** Stories for many channels: written in one transaction with their data, and turned into deliveries piece by piece. */
export interface FanoutRow {
  id: Generated<number>;
  /** A FanoutPlan (src/stories/fanout-plan.ts). */
  plan: string;
  /** The symbol that the plan is about; `*` = none in particular. */
  symbol: string;
  /** A DecidedCounts (src/stories/untold.ts): the channels up to `cursor` by what was decided for them. */
  counts: string;
  /** The last channel that is decided. */
  cursor: number;
  /** The last channel that existed when the plan was written: later channels get nothing. */
  upto: number;
  due_at: number;
  expires_at: number;
  created_at: number;
  done_at: number | null;
}

interface MuteRow {
  channel_id: number;
  /** `*` = all. */
  symbol: string;
  until: number;
  held: number;
  made_by: string;
  /** As the platform shows the person; null if it did not say. */
  by_name: Generated<string | null>;
  created_at: number;
}

/** A posted card that says of a mute made by its button who muted until when. */
interface MuteNoteRow {
  /** Of the card's deliveries: the id of the first. */
  batch: number;
  symbol: string;
  channel_id: number;
  platform: string;
  by_name: string | null;
  until: number;
  /** Null while the mute is in force. */
  ended_at: number | null;
  created_at: number;
}

interface CustomSymbolRow {
  symbol: string;
  name: string;
  kind: 'stock' | 'index';
  source: string;
  ticker: string;
  added_at: number;
}

/** The custom symbols that the settings of a channel, in use or not, add to the watchlist. */
interface ChannelSymbolRow {
  channel_id: number;
  symbol: string;
}

interface QuoteMemoryRow {
  symbol: string;
  /** A Jump (market/judge-quote.ts): a price pending confirmation by a second quote. The last quote is in `last_quotes`. */
  body: string;
}

/** One row for each channel and day whose digest is decided: prevents a second one. */
interface DigestTableRow {
  channel_id: number;
  /** The digest's session, or the closed day. */
  day: string;
  state: 'queued' | 'skipped';
  created_at: number;
}

/** How far the digests of one `digestKey` are decided: prevents two runs from enqueueing the same one. */
interface DigestMarkRow {
  key: string;
  /** The last day that was enqueued or skipped. */
  day: string;
  decided_at: number;
  /** When one was last enqueued; null = never. */
  told_at: number | null;
}

interface ReportDayRow {
  symbol: string;
  /** Date in New York on which the company reports next. */
  day: string;
  estimated: number;
  fetched_at: number;
}

/** A reply that a person waits for. After a restart the person is notified that it will not come. */
interface PendingReplyRow {
  id: string;
  platform: string;
  /** What the platform needs to reach the person again. */
  body: string;
  created_at: number;
}

/** A person who wants a direct message with each alert of a symbol in a channel. */
interface SubscriptionRow {
  id: Generated<number>;
  channel_id: number;
  platform: string;
  /** The platform's id of the person. */
  person: string;
  symbol: string;
  /** The person's language when they asked. */
  language: string;
  created_at: number;
  expires_at: number;
  /** Time of the trade of the newest alert that the person was told of, in whichever channel; 0 = none yet. */
  alerted_at: number;
  /** Why the last direct message was refused; null = it was not. */
  refusal: PersonRefusal | null;
  refused_at: number | null;
  /** When a refusal ended it; the row stays for a while, to say so at the person's next press. */
  ended_at: number | null;
}

/** A direct message that is not sent yet. */
interface PersonalPingRow {
  id: Generated<number>;
  subscription_id: number;
  /** Of the alert on the card that was posted. */
  delivery_id: number;
  platform: string;
  created_at: number;
  /** When it is tried next; while it is tried, the end of its lease. */
  due_at: number;
  expires_at: number;
  attempts: Generated<number>;
  /** Start of the first attempt that may have reached the person; null = none. */
  tried_at: number | null;
}

interface FiledFactRow {
  id: string;
  subject: string;
  /** A Fact. */
  body: string;
  added_at: number;
}

interface FilingMarkRow {
  subject: string;
  /** Accession number of the newest report that was read. */
  accession: string;
  read_at: number;
}

interface EdgarAnswerRow {
  path: string;
  body: string;
  etag: string | null;
  last_modified: string | null;
}

/** A document of a filing that was read; it is not asked for again. */
interface ReadDocumentRow {
  accession: string;
  /** File name in the filing's folder. */
  name: string;
  subject: string;
  read_at: number;
}

export type ProposalState = 'open' | 'accepted' | 'rejected';

/** Guidance found in a text. Only an accepted one is a fact, in `filed_facts`. */
interface ProposalRow {
  id: Generated<number>;
  subject: string;
  /** A Proposal (src/facts/proposals/proposal.ts). */
  body: string;
  state: ProposalState;
  proposed_at: number;
  /** When it was accepted or rejected, and by whom; null = open. */
  decided_at: number | null;
  decided_by: string | null;
  /** 1 = accepted, and not looked at yet for what it changes on the bill. */
  is_news: Generated<number>;
}

/** A change of the bill that is told. */
interface BillNewsRow {
  /** Whose, of which figure and period, and what has changed: `keyOfChange`. */
  key: string;
  told_at: number;
}

/** A past run of a job. */
type JobHistoryRow = Omit<JobRunRow, 'next_at'>;

interface JobRunRow {
  name: string;
  ran_at: number;
  took_ms: number | null;
  /** A RunResult; null = done, with nothing to count. */
  result: string | null;
  next_at: number | null;
}
