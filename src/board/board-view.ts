import type { Card } from '../cards/card.ts';
import type { Companies } from '../facts/companies.ts';
import type { ExportParts } from '../facts/exported-fact.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { RelatedFigures } from '../facts/related-figures.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { SymbolName } from '../market/symbol-name.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Closes } from '../slides/series.ts';
import type { Alert } from '../stories/alert.ts';
import type { AlertsAsked } from '../stories/alerts-asked.ts';
import type { DeliveriesAsked, PageAsked } from '../stories/deliveries-asked.ts';
import type { Failure } from '../stories/failure.ts';
import type { JobRun } from '../stories/job-run.ts';
import type { Pause } from '../stories/pause.ts';
import type { Invitation, PlatformState } from '../stories/platforms.ts';
import type { Story } from '../stories/story.ts';
import type { BillSource } from './bill-columns.ts';
import type { FigureSource } from './figure-choice.ts';

/** A watched symbol for the price table. Unknown figures are absent, never 0. */
export interface QuoteLine {
  readonly symbol: string;
  readonly name: SymbolName;
  readonly price?: Micros;
  /** MAG7 is in billions of US dollars. */
  readonly unit: PriceUnit;
  /** The close before. */
  readonly previous?: Micros;
  /** The peak of 252 sessions. */
  readonly peak?: Micros;
  readonly sessionsSincePeak?: number;
  /** Epoch milliseconds of the trade. */
  readonly at?: number;
  /** The last closes, oldest first, and as the last of them the price: about three months. */
  readonly recent?: readonly Micros[];
  /** The New York day of the company's next report. */
  readonly reports?: SessionDate;
  /** Why there is no price or why it is not used, in a few words. */
  readonly problem?: string;
}

/** A watched symbol for its page. */
export interface SymbolView {
  readonly quote: QuoteLine;
  /** Final closes, oldest first, and as the last the latest price; empty without one. */
  readonly closes: Closes;
  /** Those that stand, the newest first. */
  readonly alerts: readonly Alert[];
  /** The cards that told of them, by `alertKey`. */
  readonly cards?: ReadonlyMap<string, number>;
  /** As known now. */
  readonly beside: RelatedFigures;
  /** The New York day of now. */
  readonly today: SessionDate;
}

/** The delivery of a card to one channel. */
export interface BoardChannel {
  readonly platform: string;
  /** A delivery's state. */
  readonly state: string;
  readonly reason?: string;
}

export interface PostedCard {
  readonly id: number;
  readonly card: Card;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly postedAt: number;
  readonly places: readonly BoardChannel[];
}

/** A delivery for the list of all. Times in epoch milliseconds. */
export interface DeliveryLine {
  readonly id: number;
  readonly kind: Story['kind'];
  /** Its card; absent for one that is about its channel alone, such as a greeting. */
  readonly card?: { readonly id: number; readonly title: string; readonly language: string };
  readonly platform: string;
  /** The bot's own number of the channel: names of channels are their people's. */
  readonly channel: number;
  /** By .env, a command or an invitation. */
  readonly origin: 'env' | 'setup' | 'invite';
  /** Why nothing can be posted there at the moment. */
  readonly pause?: Pause;
  readonly state: string;
  readonly reason?: string;
  readonly attempts: number;
  readonly createdAt: number;
  /** When it is due, or held until. */
  readonly until?: number;
  readonly settledAt?: number;
}

/** A page of deliveries. */
export interface DeliveryList {
  readonly lines: readonly DeliveryLine[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Of all, whatever was asked for. */
  readonly counts: readonly { readonly platform: string; readonly state: string; readonly count: number }[];
  /** Cards given up in the last 24 hours. */
  readonly lost: number;
  /** When the oldest was enqueued that is due and has not gone out. */
  readonly oldestOwedAt?: number;
  readonly now: number;
}

/** A posted card for the list of all. */
export interface CardLine {
  readonly id: number;
  /** Later pages go on from it. */
  readonly cursor: number;
  readonly card: Card;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly postedAt: number;
}

/** A channel that whoever runs the bot has named. */
export interface SilentChannel {
  readonly platform: string;
  /** Its number, as in the list of deliveries. */
  readonly channel: number;
  /** `ended`: it is not tried again before the next start. */
  readonly state: 'paused' | 'ended';
  /** Of a pause, epoch milliseconds. */
  readonly since?: number;
  /** Why, and what to do: English text. */
  readonly because: string;
}

export interface Health {
  /** `failing`: a person should look now. Between sessions only a database that does not answer is that urgent. */
  readonly status: 'ok' | 'failing';
  /** What does not work, urgent or not. */
  readonly failures: readonly Failure[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly market: 'open' | 'closed';
  /** What a person has to put right, such as this computer's clock; one line. */
  readonly problem?: string;
  /** Why there are no prices, for a person: "Yahoo cannot be reached (connection refused)". */
  readonly noPricesBecause?: string;
  /** Epoch milliseconds of the newest trade. */
  readonly lastQuoteAt?: number;
  readonly nextSession?: SessionDate;
  readonly sources: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly detail?: string;
    /** Epoch milliseconds of the last try. */
    readonly at?: number;
  }[];
  readonly platforms: readonly PlatformState[];
  /** Channels of .env and config that take no cards; no failure of the bot's. */
  readonly silent?: readonly SilentChannel[];
  /** Deliveries by state. */
  readonly deliveries: Readonly<Record<string, number>>;
  /** Periodic jobs, with their last result and next run. */
  readonly jobs?: readonly JobRun[];
  /** Number of unused quotes by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

/** An alert that has fired. A price that somebody set for a channel is the channel's own and never one of them. */
export interface FiredAlert {
  readonly id: number;
  readonly alert: Exclude<Alert, { kind: 'price' }>;
  readonly unit: PriceUnit;
  /** Epoch milliseconds. */
  readonly firedAt: number;
  readonly withdrawnAt?: number;
}

/** A level of the watchlist, whatever channels have set. */
export interface LevelState {
  readonly kind: 'drawdown' | 'day' | 'rise' | 'day-rise';
  /** Sessions of the window; absent for a level of the day. */
  readonly window?: number;
  /** In basis points. */
  readonly level: number;
  /** Whether it has fired and is not armed again. */
  readonly hasFired: boolean;
}

/** A watched symbol with its levels. */
export interface Standing extends QuoteLine {
  /** That of the price. */
  readonly session?: SessionDate;
  /** Whether the price is the final close of its session. */
  readonly isClose?: boolean;
  readonly levels: readonly LevelState[];
}

/** The ledger, for programs. */
export interface LedgerReading {
  readonly ledger: Ledger;
  readonly companies: Companies;
  readonly exportParts: ExportParts;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The data of the board, read-only. */
export interface BoardView {
  quotes(): Promise<readonly QuoteLine[]>;
  /** The newest `limit` cards, newest first, in a language or as they were posted. */
  cards(limit: number, language?: string): Promise<readonly PostedCard[]>;
  /** A card of any age. Without this method, permalinks find only the newest cards. */
  card?(id: number, language?: string): Promise<PostedCard | undefined>;
  /** Undefined for a symbol that is not watched. Without this method, there are no pages of symbols. */
  symbol?(symbol: string): Promise<SymbolView | undefined>;
  /** Without this method, there is no page of the bill. */
  bill?(): BillSource;
  /** Titles in a language or as they were posted. Without this method, there is no page of the deliveries. */
  deliveries?(asked: DeliveriesAsked, language?: string): Promise<DeliveryList>;
  /** All cards, in pages, in a language or as they were posted. Without this method, there is no list of them. */
  cardList?(asked: PageAsked, language?: string): Promise<readonly CardLine[]>;
  /** The last runs of every job, newest first, by its name. Without this method, only its last run is shown. */
  jobHistories?(): Promise<ReadonlyMap<string, readonly JobRun[]>>;
  /** Without this method, there is no page of the figures. */
  figures?(): FigureSource;
  /** Without this method and the next three, programs get no answer of that kind. */
  alerts?(asked: AlertsAsked): Promise<readonly FiredAlert[]>;
  standings?(): Promise<{ readonly market: Health['market']; readonly standings: readonly Standing[] }>;
  ledger?(): LedgerReading;
  /** At most `limit` of the newest cards in a language, without those about one channel alone; and the database's own id. */
  feed?(language: string, limit: number): Promise<{ readonly instance: string; readonly cards: readonly PostedCard[] }>;
  /** A card in a language that shows what cards look like. */
  sample?(language: string): Card | undefined;
  health(): Promise<Health>;
  /** Whether the database answers. Never rejects. */
  ready(): Promise<boolean>;
  /** Where people bring the bot into places of their own. */
  invitations?(): readonly Invitation[];
  /** Prometheus text. */
  metrics(): Promise<string>;
}
